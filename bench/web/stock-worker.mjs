/** Starts the files of the npm package as they are, and asks the diagnosis for its first turn; in a worker or not. */
import { loadPyodide } from "./pyodide/pyodide.mjs";

const read = async (name) => (await fetch(new URL(name, import.meta.url))).arrayBuffer();
const [pyodide, engine, problem] = await Promise.all([loadPyodide(), read("engine.zip"), read("problem.json")]);
pyodide.FS.writeFile("/engine.zip", new Uint8Array(engine));
pyodide.pyimport("sys").path.insert(0, "/engine.zip");
const wire = pyodide.pyimport("helpdesk.diagnosis.wire");
wire.open_problem(new TextDecoder().decode(problem));
const turn = JSON.parse(wire.turn("[]", "user"));
if (globalThis.document) Object.assign(globalThis, { turn: JSON.stringify(turn), took: performance.now() });
else postMessage(turn);
