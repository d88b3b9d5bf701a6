/**
 * Whether several Pythons say the same when they are put through everything:
 * `node compare.mjs INSIDE ABI FOLDER FOLDER …`, each FOLDER as a site serves it.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { breadth, exercise } from "./exercise.mjs";

const [, , inside, abi, ...folders] = process.argv;
const said = new Set();
for (const folder of folders) {
  const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")).href);
  const pyodide = await loadPyodide({
    indexURL: resolve(folder),
    lockFileContents: JSON.stringify({ info: { abi_version: abi }, packages: {} }),
    stdin: () => null,
  });
  pyodide.FS.mkdir("/inside");
  for (const name of readdirSync(inside).filter((each) => statSync(join(inside, each)).isFile())) {
    pyodide.FS.writeFile(`/inside/${name}`, new Uint8Array(readFileSync(join(inside, name))));
  }
  pyodide.pyimport("sys").path.append("/inside");
  said.add(exercise(pyodide) + breadth(pyodide));
}
if (said.size > 1) throw new Error("they do not say the same");
