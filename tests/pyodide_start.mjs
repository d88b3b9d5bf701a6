/** Starts the real runtime from the folder in which it was built, as the worker does. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export async function start(folder) {
  const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")).href);
  const { abi } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const lockFileContents = JSON.stringify({ info: { abi_version: abi }, packages: {} });
  return loadPyodide({ indexURL: resolve(folder), lockFileContents });
}
