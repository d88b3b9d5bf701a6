/** The Python of PyScript that is no CPython: from nothing to a number that Python has printed. */
import { loadMicroPython } from "./micropython.mjs";

const url = new URL("micropython.wasm", import.meta.url).href;
const stdout = (turn) => Object.assign(globalThis, { turn, took: performance.now() });
(await loadMicroPython({ url, stdout })).runPython("print(6 * 7)");
