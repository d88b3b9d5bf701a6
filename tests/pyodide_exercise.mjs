/** Runs the exercise in the real runtime: `node pyodide_exercise.mjs RUNTIME INSIDE`. */
import { resolve } from "node:path";

import { start } from "./pyodide_start.mjs";

const [, , runtime, inside] = process.argv;
const pyodide = await start(runtime);
pyodide.FS.mkdir("/inside");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: resolve(inside) }, "/inside");
pyodide.pyimport("sys").path.append("/inside");
const said = pyodide.pyimport("exercise").exercise();
pyodide.FS.writeFile(
  "/inside_out.py",
  'import sys, written\nnames = " ".join(sys.modules)\nunknown = repr(written.UNKNOWN)\n',
);
pyodide.pyimport("sys").path.append("/");
const { names, unknown } = pyodide.pyimport("inside_out");
console.log(JSON.stringify({ said, modules: names.split(" "), unknown }));
