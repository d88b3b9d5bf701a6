/**
 * Makes the archive that Python starts from in the browser: `node lean.mjs PYODIDE SOURCES ARCHIVE`.
 *
 * Pyodide as it comes exercises the diagnosis, compiles what is in use by then, and starts again
 * from that alone: everything must be answered as before, or there is no archive.
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, sources, archive] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide, version } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);

/** Pyodide from an archive, and the sources in reach.  @param {string} stdLibURL */
async function start(stdLibURL) {
  const pyodide = await loadPyodide({
    indexURL: folder,
    stdLibURL,
    lockFileContents: JSON.stringify({ info: { abi_version: process.env.ABI }, packages: {} }),
    env: { PYTHONNODEBUGRANGES: "1" }, // columns in tracebacks would be a quarter of the archive
  });
  pyodide.FS.mkdir("/sources");
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: sources }, "/sources");
  pyodide.pyimport("sys").path.append("/sources");
  return pyodide;
}
