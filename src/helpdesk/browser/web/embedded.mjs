/**
 * The wizard inside a page of another site: hears from that page what it knows already, and tells it
 * how far the reader is. Answers stay here; the messages are in embed.d.ts.
 */

import { Context } from "./context.mjs";
import { DiagnosisClient } from "./diagnosis-client.mjs";
import { formatFragment, parseFragment } from "./evidence.mjs";
import { WizardView } from "./wizard-view.mjs";

/** @import {FromWizard} from "./embed" */
/** @import {Pair, Turn} from "./types" */

const MOST_FACTS = 30;
const LONGEST = 100;
const PROPERTIES = {
  "--helpdesk-accent": "color", "--helpdesk-text": "color", "--helpdesk-quiet": "color", "--helpdesk-page": "color",
  "--helpdesk-good": "color", "--helpdesk-danger": "color", "--helpdesk-radius": "border-radius",
};

/** @type {HTMLElement | null} */ const wizard = document.querySelector("helpdesk-wizard");
const listed = document.querySelector("meta[name=helpdesk-embedded-in]")?.getAttribute("content") ?? "";
const origins = new Set([location.origin, ...listed.split(" ").filter(Boolean)]);
let host = ""; // the origin that may hear of anything
/** @type {Context | undefined} */ let context;

/** @param {FromWizard} message */
function tell(message) {
  if (host) parent.postMessage(message, host);
}

/** Short texts and numbers by name; all else is left out.  @param {unknown} given  @returns {Pair[]} */
function shortTexts(given) {
  if (typeof given !== "object" || given === null) return [];
  return Object.entries(given).slice(0, MOST_FACTS)
    .filter(([name, value]) => name.length <= LONGEST && ["string", "number"].includes(typeof value))
    .map(([name, value]) => /** @type {Pair} */ ([name, String(value).slice(0, LONGEST)]))
    .filter(([, value]) => value.trim());
}

/** Makes answers of facts, and puts them into the address before those that are there.  @param {Pair[]} facts */
async function handIn(facts) {
  const { texts } = await opened;
  const { pairs } = parseFragment(location.hash);
  const known = [...facts, ...pairs.filter(([key]) => Object.hasOwn(texts.context, key))];
  if (!known.length) return;
  context = new Context(known, texts);
  const own = pairs.filter(([key]) => !Object.hasOwn(texts.context, key));
  history.replaceState(history.state, "", location.pathname + location.search + formatFragment(context.applied(own)));
}

/** @param {MessageEvent} event */
async function onMessage({ source, origin, data }) {
  // One page, one beginning: who comes later, or from elsewhere, is not answered.
  if (host || parent === window || source !== parent || !origins.has(origin) || data?.type !== "helpdesk:start") return;
  host = origin;
  for (const [name, value] of shortTexts(data.theme)) {
    const property = PROPERTIES[/** @type {keyof typeof PROPERTIES} */ (name)];
    if (property && CSS.supports(property, value)) wizard?.style.setProperty(name, value);
  }
  const facts = shortTexts(data.context);
  const { HelpdeskWizard } = await started;
  if (facts.length) await handIn(facts);
  if (facts.length && wizard instanceof HelpdeskWizard) wizard.reread();
  tell({ type: "helpdesk:ready" });
  new ResizeObserver(() => tell({ type: "helpdesk:height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) }))
    .observe(document.documentElement);
}

wizard?.addEventListener("helpdesk:step", async (event) => {
  const { detail } = /** @type {CustomEvent<Turn>} */ (event);
  tell({ type: "helpdesk:step", kind: detail.step.kind });
  const { texts, root } = await opened;
  const live = wizard.querySelector(".helpdesk-live");
  if (live) context?.decorate(live, detail, parseFragment(location.hash).pairs, new WizardView(texts, root));
});
wizard?.addEventListener("helpdesk:solved", () => tell({ type: "helpdesk:solved" }));
wizard?.addEventListener("helpdesk:handing-over", (event) => {
  tell({ type: "helpdesk:hand-off", .../** @type {CustomEvent<{party: string, code: string}>} */ (event).detail });
});
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") tell({ type: "helpdesk:close" });
});
addEventListener("message", onMessage);

const opened = new DiagnosisClient(new URL("bundle.json", import.meta.url), document.documentElement.lang).open();
// Facts in the address become answers before the wizard reads it; where that fails, it runs without.
const started = handIn([]).catch(console.warn).then(() => import("./helpdesk-wizard.mjs"));
