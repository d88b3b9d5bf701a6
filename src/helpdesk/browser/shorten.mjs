/**
 * Takes away what is never named: `node shorten.mjs TERSER [--names] <long.mjs >short.mjs`.
 * With `--names`, names are made short too.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , terser, names] = process.argv;
const { minify } = await import(pathToFileURL(resolve(terser)).href);
const least = { defaults: false, unused: true, dead_code: true, side_effects: true, passes: 6 };
const { code } = await minify(readFileSync(0, "utf8"), {
  module: true,
  mangle: Boolean(names),
  compress: names ? { passes: 2 } : least,
  format: names ? {} : { keep_quoted_props: true },
});
process.stdout.write(code);
