/** Pyodide as its documentation starts it, in a module worker. */
const worker = new Worker(new URL("./stock-worker.mjs", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => Object.assign(globalThis, { turn: JSON.stringify(data), took: performance.now() });
