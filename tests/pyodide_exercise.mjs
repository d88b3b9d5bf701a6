/** Runs the exercise in the real runtime: `node pyodide_exercise.mjs RUNTIME INSIDE`. */
import { resolve } from "node:path";

import { start } from "./pyodide_start.mjs";

const [, , runtime, inside] = process.argv;
const pyodide = await start(runtime);
pyodide.FS.mkdir("/inside");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: resolve(inside) }, "/inside");
const sys = pyodide.pyimport("sys");
sys.path.append("/inside");
const said = pyodide.pyimport("exercise").exercise();
console.log(JSON.stringify({ said, modules: [...sys.modules] }));
