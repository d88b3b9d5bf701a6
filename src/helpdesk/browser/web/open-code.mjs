/** Support staff paste the code of a walk, and go on from there. */

import { DiagnosisClient } from "./diagnosis-client.mjs";
import { element, WizardView } from "./wizard-view.mjs";

/** @import {OpenedCode, Pair} from "./types" */

const LONGEST_CODE = 6000; // characters; more than any walk has

/**
 * @param {Element} form  In the page, hidden until now.
 * @param {() => DiagnosisClient} client
 * @param {(pairs: Pair[]) => void} go  Shows where answers lead.
 */
export function start(form, client, go) {
  const [input] = form.getElementsByTagName("input");
  const [said] = form.getElementsByClassName("helpdesk-opened");
  if (!input || !said) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation(); // it is no answer
    const python = client();
    const { texts, root } = await python.open();
    const view = new WizardView(texts, root);
    form.toggleAttribute("aria-busy", true);
    try {
      /** @type {OpenedCode} */ const opened = await python.ask("open_code", input.value.slice(0, LONGEST_CODE));
      said.replaceChildren(...changes(opened, view));
      go(opened.evidence.map((entry) => /** @type {Pair} */ (Object.values(entry))));
    } catch {
      said.replaceChildren(view.say("open.wrong"));
    }
    form.removeAttribute("aria-busy");
  });
  form.parentElement?.prepend(form);
  form.removeAttribute("hidden");
}

/** What the catalog of today does not have any more.  @param {OpenedCode} opened  @param {WizardView} view */
function changes({ missing, exact }, view) {
  if (exact) return [];
  const lines = missing.map(({ entry, kind, id }) => {
    const title = view.texts.questions[id ?? ""]?.title ?? view.texts.fixes[id ?? ""]?.title;
    const n = String(entry);
    return element("p", {}, title ? view.say("open.answer", { n, title }) : view.say(`open.gone.${kind}`, { n }));
  });
  return [...lines, element("p", {}, view.say("open.changed"))];
}
