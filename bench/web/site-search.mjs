/**
 * The search that a built site offers, asked without a browser: `node site-search.mjs WORKER INDEX`.
 * Each line in is a query as JSON text; each line out is the list of the pages found, best first.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";

const SETUP = 0;
const QUERY = 2;

const [, , worker, index] = process.argv;
let answered;
const listeners = [];
/** What the search's own worker finds around it. */
const scope = createContext({
  console: { warn() {} }, // a query it cannot read finds nothing
  importScripts: (...paths) => paths.forEach((path) => load(join(dirname(worker), path))),
  addEventListener: (_name, listener) => listeners.push(listener),
  postMessage: (message) => answered(message),
});
scope.self = scope;

function load(path) {
  runInContext(readFileSync(path, "utf8"), scope);
}

function told(type, data) {
  return new Promise((resolve) => {
    answered = resolve;
    const message = { data: { type, data } };
    listeners.forEach((listener) => listener(message));
  });
}

load(worker);
const { config, docs } = JSON.parse(readFileSync(index, "utf8"));
await told(SETUP, { config, docs, options: {} });
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { data } = await told(QUERY, JSON.parse(line));
  const pages = data.items.map((found) => found[0].location.split("#")[0]);
  console.log(JSON.stringify([...new Set(pages)]));
}
