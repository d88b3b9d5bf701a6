/** Times turns in the runtime that ships: each problem, each list of evidence, the second of two runs. */
const json = async (name) => (await fetch(name)).json();
const { loadPyodide } = await import("./runtime/pyodide.mjs");
const { abi } = await json("runtime/manifest.json");
const lockFileContents = JSON.stringify({ info: { abi_version: abi }, packages: {} });
const indexURL = new URL("runtime/", location.href).href;
const wire = (await loadPyodide({ indexURL, lockFileContents })).pyimport("helpdesk.diagnosis.wire");

const times = [];
const turns = [];
for (const { problem, evidence } of await json("cases.json")) {
  if (wire.open_problem(problem) !== "{}") throw new Error("the problem was refused");
  for (const said of evidence) {
    wire.turn(said, "user");
    const start = performance.now();
    turns.push(wire.turn(said, "user"));
    times.push(performance.now() - start);
  }
}
Object.assign(globalThis, { measured: { times, turns } });
