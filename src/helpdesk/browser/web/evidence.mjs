/** All there is to remember: the answers, as pairs, in the fragment of the address; little else, in the tab. */

/** @import {Entry, Pair, Texts} from "./types" */

// A link may come from anywhere. These are more than a person answers.
const LONGEST_FRAGMENT = 4096;
const LONGEST_PART = 100;
const MOST_PAIRS = 100;

/** The pairs in a fragment; `dropped` tells that some of it made no sense.  @param {string} hash */
export function parseFragment(hash) {
  const parts = hash.slice(1, LONGEST_FRAGMENT).split("&").filter((part) => part.includes("="));
  const pairs = parts.slice(0, MOST_PAIRS).map(parsePair).filter((pair) => pair !== null);
  return { pairs, dropped: pairs.length < parts.length || hash.length > LONGEST_FRAGMENT };
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

/** What Python reads; null where there is no such question or fix.  @param {Pair} pair  @param {Texts} texts  @returns {Entry | null} */
export function toEntry([key, value], texts) {
  if (Object.hasOwn(texts.questions, key)) return { question: key, answer: value };
  return Object.hasOwn(texts.fixes, key) ? { fix: key, outcome: value } : null;
}

/** The pairs but those Python could not use; of equal ones the first goes.  @param {Pair[]} pairs  @param {Entry[]} ignored */
export function without(pairs, ignored) {
  const kept = [...pairs];
  for (const entry of ignored) {
    const index = kept.findIndex((pair) => pair.join("=") === Object.values(entry).join("="));
    if (index >= 0) kept.splice(index, 1);
  }
  return kept;
}

/** What this tab remembers; where storage is off, only what it is told.  @param {string} key  @param {unknown} [value] */
export function kept(key, value) {
  try {
    if (value !== undefined) sessionStorage.setItem(`helpdesk-${key}`, String(value));
    return sessionStorage.getItem(`helpdesk-${key}`);
  } catch {
    return value;
  }
}
