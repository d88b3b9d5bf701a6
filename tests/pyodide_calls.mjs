/**
 * Asks the real runtime, as `wire_calls.py` asks a Python: `node pyodide_calls.mjs RUNTIME CALLS`.
 * Each line of CALLS is [function of the wire, …arguments]; each line out is what it returns.
 */
import { readFileSync } from "node:fs";

import { start } from "./pyodide_start.mjs";

const [, , runtime, calls] = process.argv;
const wire = (await start(runtime)).pyimport("helpdesk.diagnosis.wire");
for (const line of readFileSync(calls, "utf8").split("\n").filter(Boolean)) {
  const [name, ...given] = JSON.parse(line);
  console.log(wire[name](...given));
}
