/** An answer that is typed: one of many codes, which come when it is asked for. */

/** @import {Pair} from "./types" */

/** Lets only those through that are listed.  @param {HTMLDataListElement} list  @param {Pair[]} codes  @param {string} wrong  What to say of others. */
export function offer(list, codes, wrong) {
  list.append(...codes.map(([code, text]) => new Option(text, code)));
  const known = new Set(codes.map(([code]) => code));
  const input = list.parentElement?.querySelector("input");
  // Said when the typing is over, by Enter or by leaving; taken back with the next letter.
  input?.addEventListener("change", () => {
    const value = input.value.trim();
    input.setCustomValidity(!value || known.has(value) ? "" : wrong);
  });
  input?.addEventListener("input", () => input.setCustomValidity(""));
}
