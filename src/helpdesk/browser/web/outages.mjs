/** What is out of order now, from a file beside the site. One that is old, broken or away changes nothing. */

import { box, element, WizardView } from "./wizard-view.mjs";

/** @import {Texts} from "./types" */
/** @typedef {{begins: number, ends: number, causes: Record<string, unknown>, title: unknown, text: unknown}} Outage */

const PATIENCE = 3_000;
const LONGEST_FILE = 100_000;
const LONGEST_TEXT = 1_000;
const LONGEST_OUTAGE = 31 * 86_400_000;
const MOST_SHOWN = 3;
const MOST = 1000; // times as likely

/**
 * Puts the banner before the wizard's step; returns how much likelier which causes are.
 * @param {Element} live  @param {Texts} texts  @param {URL} root
 */
export async function lead(live, texts, root) {
  const found = await current(texts, root);
  if (found) live.before(found.banner);
  return found?.raised ?? {};
}

/**
 * The banner, and how much likelier which causes are; nothing where all is in order.
 * @param {Texts} texts  @param {URL} root  Of the site.
 */
export async function current(texts, root) {
  const options = /** @type {const} */ ({ cache: "no-cache", credentials: "omit", redirect: "error" });
  const response = await fetch(new URL("status.json", root), { ...options, signal: AbortSignal.timeout(PATIENCE) });
  const content = response.ok ? await response.text() : "";
  if (!content || content.length > LONGEST_FILE) return undefined;
  const { format, outages } = JSON.parse(content);
  const now = Date.now();
  /** @type {Outage[]} */
  const active = (format === 1 && Array.isArray(outages) ? outages : []).map(read)
    .filter((outage) => outage && outage.begins <= now && now < outage.ends).slice(0, MOST_SHOWN);
  if (!active.length) return undefined;
  const view = new WizardView(texts, root);
  const banner = box("outages", ...active.map((outage) => shown(outage, view)));
  const raised = likelier(active, texts);
  const over = Math.min(...active.map(({ ends }) => ends));
  setTimeout(() => {
    banner.remove();
    for (const cause of Object.keys(raised)) delete raised[cause];
  }, Math.min(over - now, 2 ** 31 - 1));
  return { banner, raised };
}

/** An outage with moments as numbers; nothing where it has no end, or one that is no end.  @param {any} given */
function read(given) {
  const begins = Date.parse(given?.begins);
  const ends = Date.parse(given?.ends);
  const causes = typeof given?.causes === "object" ? given.causes ?? {} : {};
  return ends > begins && ends - begins <= LONGEST_OUTAGE ? { ...given, begins, ends, causes } : undefined;
}

/** @param {Pick<Outage, "causes">[]} active  @param {Texts} texts */
function likelier(active, texts) {
  /** @type {Record<string, number>} */ const raised = {};
  for (const [cause, times] of active.flatMap(({ causes }) => Object.entries(causes))) {
    if (!Object.hasOwn(texts.causes, cause) || typeof times !== "number" || !(times >= 1)) continue;
    raised[cause] = Math.min(MOST, (raised[cause] ?? 1) * times);
  }
  return raised;
}

/**
 * The steps that come before Python reckon with no outage, so what it makes likely is a press away.
 * @param {Outage} outage  @param {WizardView} view
 */
function shown({ ends, title, text, causes }, view) {
  const { language } = view.texts;
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const said = (/** @type {any} */ words) => {
    const own = typeof words === "string" ? words : words?.[language] ?? Object.values(words ?? {})[0];
    return typeof own === "string" ? own.slice(0, LONGEST_TEXT) : "";
  };
  const raised = Object.entries(likelier([{ causes }], view.texts)).sort(([, one], [, other]) => other - one);
  const likely = raised.slice(0, MOST_SHOWN).map(([cause]) => element("li", {}, view.cause(cause)));
  return element("div", { class: "helpdesk-outage" },
    element("p", {}, element("strong", {}, said(title))),
    ...said(text) ? [element("p", {}, said(text))] : [],
    ...likely.length ? [element("p", {}, view.say("outage.likely")), element("ul", {}, ...likely)] : [],
    element("p", { class: "helpdesk-note" }, view.say("outage.until", { time: format.format(ends) })));
}
