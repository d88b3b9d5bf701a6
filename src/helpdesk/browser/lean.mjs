/**
 * Makes the archive that Python starts from in the browser:
 * `node lean.mjs PYODIDE SOURCES ABI ARCHIVE`, SOURCES with the diagnosis and the folder `inside`.
 *
 * Pyodide as it comes puts the diagnosis through its exercise and compiles what is in use by then.
 * Then it starts again from that alone, which shows what else can go and what code is written on the
 * way; and once more. All must be answered as before, or there is no archive.
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { exercise } from "./exercise.mjs";

const [, , folder, sources, abi, archive] = process.argv;
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")).href);

async function start(stdLibURL, ...paths) {
  const pyodide = await loadPyodide({
    indexURL: resolve(folder),
    stdLibURL,
    lockFileContents: JSON.stringify({ info: { abi_version: abi }, packages: {} }),
    env: { PYTHONNODEBUGRANGES: "1" }, // columns in tracebacks would be a quarter of the archive
  });
  pyodide.FS.mkdir("/sources");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: resolve(sources) }, "/sources");
  for (const path of paths) pyodide.pyimport("sys").path.append(path);
  return pyodide;
}

/** What is in use: the names of modules, the texts that they have run, the patterns they look for. */
const use = (pyodide) =>
  pyodide.runPython(`
    import json, re, sys
    written = sys.modules.get("written")
    names = [name for name in sys.modules if name != "exercise"]
    patterns = [(pattern, flags) for kind, pattern, flags in re._cache if kind is str]
    texts = written.UNKNOWN if written else []
    json.dumps({"modules": names, "written": texts, "patterns": patterns})
  `);

const whole = await start(resolve(folder, "python_stdlib.zip"), "/sources", "/sources/inside");
const said = exercise(whole);
let used = use(whole);
const compiling = whole.pyimport("compiling");
for (let left = 2; left; left--) {
  writeFileSync(archive, compiling.archive(used).toJs());
  const lean = await start(resolve(archive), "/sources/inside");
  if (exercise(lean) !== said) throw new Error("the archive does not answer as its sources do");
  used = use(lean);
}
