/**
 * Answers turns with the real runtime: `node pyodide_turns.mjs RUNTIME ENGINE PROBLEM ASKED`.
 * Each line of ASKED is [evidence as JSON text, audience]; each line out is the turn.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, engine, problem, asked] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")).href);
const { abi } = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
const lockFileContents = JSON.stringify({ info: { abi_version: abi }, packages: {} });
const pyodide = await loadPyodide({ indexURL: runtime, lockFileContents });
pyodide.FS.writeFile("/engine.zip", new Uint8Array(readFileSync(engine)));
pyodide.pyimport("sys").path.insert(0, "/engine.zip");
const wire = pyodide.pyimport("helpdesk.diagnosis.wire");
if (wire.open_problem(readFileSync(problem, "utf8")) !== "{}") throw new Error("the problem was refused");
for (const line of readFileSync(asked, "utf8").split("\n").filter(Boolean)) {
  const [evidence, audience] = JSON.parse(line);
  console.log(wire.turn(evidence, audience));
}
