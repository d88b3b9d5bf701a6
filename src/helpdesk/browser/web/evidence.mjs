/** The answers, as pairs, in the fragment of the address: all there is to remember. */

/** @import {Entry, Pair, Texts} from "./types" */

// A link may come from anywhere. This is far more than a person answers.
const LONGEST_FRAGMENT = 2048;
const LONGEST_PART = 100;
const MOST_PAIRS = 60;

/**
 * The pairs in a fragment; `dropped` tells that some of it made no sense.
 *
 * @param {string} hash  With its `#`, or empty.
 * @returns {{pairs: Pair[], dropped: boolean}}
 */
export function parseFragment(hash) {
  const parts = hash.slice(1).split("&").filter((part) => part.includes("="));
  if (hash.length > LONGEST_FRAGMENT) return { pairs: [], dropped: parts.length > 0 };
  const pairs = parts.slice(0, MOST_PAIRS).map(parsePair).filter((pair) => pair !== null);
  return { pairs, dropped: pairs.length < parts.length };
}

/** @param {string} part  @returns {Pair | null} */
function parsePair(part) {
  try {
    const [key = "", value = "", ...rest] = part.split("=").map(decodeURIComponent);
    const fits = key && value && !rest.length && Math.max(key.length, value.length) <= LONGEST_PART;
    return fits ? [key, value] : null;
  } catch {
    return null; // a stray percent sign
  }
}

/** @param {Pair[]} pairs */
export function formatFragment(pairs) {
  return pairs.length ? `#${pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}` : "";
}

/**
 * What Python reads, or null where the catalog has no such question or fix.
 *
 * @param {Pair} pair
 * @param {Texts} texts
 * @returns {Entry | null}
 */
export function toEntry([key, value], texts) {
  if (Object.hasOwn(texts.questions, key)) return { question: key, answer: value };
  return Object.hasOwn(texts.fixes, key) ? { fix: key, outcome: value } : null;
}

/**
 * The pairs without those that Python could not use; of equal ones the earlier goes.
 *
 * @param {Pair[]} pairs
 * @param {Entry[]} ignored
 */
export function without(pairs, ignored) {
  const kept = [...pairs];
  for (const entry of ignored) {
    const unused = formatFragment([/** @type {Pair} */ (Object.values(entry))]);
    const index = kept.findIndex((pair) => formatFragment([pair]) === unused);
    if (index >= 0) kept.splice(index, 1);
  }
  return kept;
}
