/** An answer that is typed: one of many codes, which come when it is asked for. */

import { DiagnosisClient } from "./diagnosis-client.mjs";

/** Lets only those through that are listed.  @param {HTMLDataListElement} list  @param {DiagnosisClient} client  @param {string} wrong  What to say of others. */
export async function offer(list, client, wrong) {
  const { texts } = await client.open();
  const codes = new Map(await client.file("codes", texts.language) ?? []);
  list.append(...Array.from(codes, ([code, text]) => new Option(text, code)));
  const input = list.parentElement?.querySelector("input");
  // Said when the typing is over, by Enter or by leaving; taken back with the next letter.
  input?.addEventListener("change", () => {
    const value = input.value.trim();
    input.setCustomValidity(!value || codes.has(value) ? "" : wrong);
  });
  input?.addEventListener("input", () => input.setCustomValidity(""));
}
