/** Python off the page's thread: checks every file, starts Pyodide from the checked bytes, answers. */

import { fetchChecked, LoadError } from "./checked-fetch.mjs";

/** @import {BundleFile, Call, FileMap, OnProgress, Report, Start, Wire} from "./types" */

const EMPTY_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

/** @type {Wire | undefined} */ let wire;
/** @type {Promise<WebAssembly.Module | void> | undefined} */ let compiling;
let fetched = false; // what fails from then on, fails in Python

addEventListener("message", async (/** @type {MessageEvent<Start | Call>} */ { data, ports: [port] }) => {
  const report = (/** @type {Report} */ message) => port?.postMessage(message);
  try {
    if ("bundle" in data) wire = await start(data, (progress) => report({ progress }));
    report({ reply: "bundle" in data ? null : parse(wire?.[data.name](...data.args.map(bearable))) });
  } catch (error) {
    const final = error instanceof LoadError && error.final;
    report({ failed: String(error), final, broken: fetched && !final });
  }
});

/** Deep nesting kills Python for good, and no list of answers has any.  @param {string} json  From anywhere. */
function bearable(json) {
  if (json.length > 5e4 || /([[{][^\]}]*){4}/.test(json.replace(/"(\\.|[^"\\])*"/g, ""))) throw new LoadError("too much", true);
  return json;
}

/** @param {string} json  From Python, which reports its errors as JSON too. */
function parse(json = '{"error":{}}') {
  const value = JSON.parse(json);
  if (value.error) throw new LoadError(value.error.message, true);
  return value;
}

/** @param {Start} message  @param {OnProgress} onProgress */
async function start({ bundle: { problem, runtime }, url, cache, whole }, onProgress) {
  if (!runtime) throw new LoadError("there is no Python", true);
  await WebAssembly.compile(EMPTY_WASM).catch((error) => {
    throw new LoadError(`no WebAssembly: ${error}`, true); // before megabytes are fetched in vain
  });
  const directory = new URL(runtime.directory, url);
  const there = (whole ? runtime.whole : runtime.files).map((file) => ({ file, base: directory }));
  const files = await fetchAll([{ file: problem, base: new URL(url) }, ...there], cache, onProgress);
  fetched = true;
  const pyodide = await startPyodide(directory, runtime.abi, files);
  const opened = /** @type {Wire} */ (pyodide.pyimport("helpdesk.diagnosis.wire"));
  parse(opened.open_problem(new TextDecoder().decode(take(files, new URL(problem.name, url)))));
  return opened;
}

/**
 * Every file by its address. Progress counts the bytes that arrived.
 * @param {{file: BundleFile, base: URL}[]} wanted  @param {RequestCache} cache  @param {OnProgress} onProgress
 * @returns {Promise<FileMap>}
 */
async function fetchAll(wanted, cache, onProgress) {
  const total = wanted.reduce((sum, { file }) => sum + file.bytes, 0);
  let done = 0;
  const onBytes = (/** @type {number} */ bytes) => {
    done += bytes;
    onProgress({ done: Math.min(done, total), total });
  };
  const stop = new AbortController();
  try {
    return new Map(await Promise.all(wanted.map(async ({ file, base }) => {
      const { href } = new URL(file.name, base);
      const isWasm = href.endsWith(".wasm");
      // What is large is compiled while it comes, and runs once it has been checked.
      const bytes = await fetchChecked(file, base, { cache, signal: stop.signal }, onBytes, (response) => {
        if (isWasm) compiling = WebAssembly.compileStreaming(response.clone()).catch(() => {});
      });
      if (href.endsWith(".mjs")) await import(href);
      return /** @type {const} */ ([href, bytes]);
    })));
  } finally {
    stop.abort(); // after one bad file the others are of no use
  }
}

/** @param {URL} directory  @param {string} abi  @param {FileMap} files */
async function startPyodide(directory, abi, files) {
  const index = [...files.keys()].find((href) => href.endsWith(".wasm")) ?? "";
  const wasm = take(files, new URL(index));
  const module = (await compiling) ?? (await WebAssembly.compile(wasm)); // in case of a wrong type
  // From here on the checked bytes are all the network there is.
  self.fetch = async (input) => {
    const url = new URL(input instanceof Request ? input.url : input, directory);
    return new Response(url.pathname.endsWith(".wasm") ? null : take(files, url));
  };
  const instantiateStreaming = async (/** @type {unknown} */ _, /** @type {WebAssembly.Imports} */ imports) =>
    ({ module, instance: await WebAssembly.instantiate(module, imports) });
  Object.assign(WebAssembly, { instantiateStreaming });
  const { loadPyodide } = await import(new URL("pyodide.mjs", directory).href);
  return Promise.race([wasmFailure(), loadPyodide({
    indexURL: new URL(".", index).href,
    packageBaseUrl: directory.href,
    stdLibURL: new URL("python_stdlib.zip", directory).href,
    lockFileContents: JSON.stringify({ info: { abi_version: abi }, packages: {} }),
    stdin: () => null,
  })]);
}

/** Rejects where Pyodide only warns, and then waits for ever, because its wasm does not start. */
function wasmFailure() {
  return new Promise((_resolve, reject) => {
    const warn = console.warn;
    console.warn = (...words) => {
      warn(...words);
      if (String(words[0]).includes("wasm instantiation failed")) reject(new LoadError(String(words[0])));
    };
  });
}

/** @param {FileMap} files  @param {URL} url */
function take(files, url) {
  const bytes = files.get(url.href);
  if (!bytes) throw new TypeError(`no ${url}`);
  files.delete(url.href); // each is read once, and they are large
  return bytes;
}
