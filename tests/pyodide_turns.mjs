/**
 * Answers turns with the real runtime: `node pyodide_turns.mjs RUNTIME PROBLEM ASKED`.
 * Each line of ASKED is [evidence as JSON text, audience]; each line out is the turn.
 */
import { readFileSync } from "node:fs";

import { start } from "./pyodide_start.mjs";

const [, , runtime, problem, asked] = process.argv;
const wire = (await start(runtime)).pyimport("helpdesk.diagnosis.wire");
if (wire.open_problem(readFileSync(problem, "utf8")) !== "{}") throw new Error("the problem was refused");
for (const line of readFileSync(asked, "utf8").split("\n").filter(Boolean)) {
  const [evidence, audience] = JSON.parse(line);
  console.log(wire.turn(evidence, audience));
}
