/** Puts a Python that takes notes through everything, in a worker of a browser or in Node.js. */
import { breadth, exercise } from "./exercise.mjs";

async function used({ abi, inside, notes, size }, read) {
  const { loadPyodide } = await import("./pyodide/pyodide.mjs");
  const pyodide = await loadPyodide({
    lockFileContents: JSON.stringify({ info: { abi_version: abi }, packages: {} }),
    stdin: () => null,
  });
  pyodide.FS.mkdir("/inside");
  for (const name of inside) pyodide.FS.writeFile(`/inside/${name}`, await read(`inside/${name}`));
  pyodide.pyimport("sys").path.append("/inside");
  const said = exercise(pyodide) + breadth(pyodide);
  const flags = Array.from(pyodide._module.HEAPU8.subarray(notes, notes + size), Number);
  return { said, flags: flags.join("") };
}

if (globalThis.process?.versions?.node) {
  const { readFile } = await import("node:fs/promises");
  const read = (name) => readFile(new URL(name, import.meta.url));
  console.log(JSON.stringify(await used(JSON.parse(await read("usage.json")), read)));
} else {
  const read = async (name) => new Uint8Array(await (await fetch(new URL(name, import.meta.url))).arrayBuffer());
  onmessage = async ({ data }) => {
    postMessage(await used(data, read).catch((error) => ({ failed: String(error) })));
  };
}
