/**
 * Answers from a strategy with the module that ships: `node strategy_turns.mjs MODULE PACKED ASKED`.
 * Each line of ASKED is a list of pairs; each line out is {turn, plain}, the turn null where it is not known.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , module, packed, asked] = process.argv;
const { Strategy } = await import(pathToFileURL(module).href);
const strategy = new Strategy(JSON.parse(readFileSync(packed, "utf8")));
for (const line of readFileSync(asked, "utf8").split("\n").filter(Boolean)) {
  const { turn, plain } = strategy.follow(JSON.parse(line));
  console.log(JSON.stringify({ turn: turn ?? null, plain }));
}
