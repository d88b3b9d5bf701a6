/** What a person who takes over needs: text to copy, a mail, a ticket and a code. Nothing is sent by itself. */

import { DiagnosisClient } from "./diagnosis-client.mjs";
import { formatFragment, toEntry } from "./evidence.mjs";
import { box, element, NOT_SURE, WizardView } from "./wizard-view.mjs";

/** @import {Pair, Turn} from "./types" */
/** @typedef {{client: DiagnosisClient, pairs: Pair[], turn: Turn | undefined, willing: boolean}} Given  Willing: whether Python may be loaded. */
/** @typedef {{summary: string, code: string, link: string, catalog: string}} Places  What a ticket's address may hold. */

// Mail programs and servers cut longer addresses off.
const LONGEST_MAIL = 1900;
const LONGEST_TICKET = 6000;

/** Whom to ask instead of going on: the first who can be contacted.  @param {WizardView} view */
export function person(view) {
  const [id = ""] = Object.entries(view.texts.parties).find(([, { contact }]) => contact.length) ?? [];
  return [view.cancel(), view.handOff(id, view.say("person")) ?? ""];
}

/** @param {HTMLElement} place  @param {Given} given */
export async function fill(place, { client, pairs, turn, willing }) {
  const { bundle, texts, root } = await client.open();
  const view = new WizardView(texts, root);
  const party = texts.parties[place.dataset.party ?? ""];
  const evidence = pairs.flatMap((pair) => toEntry(pair, texts) ?? []);
  const link = new URL(texts.wizard, root).href + formatFragment(pairs);
  const catalog = turn?.catalog ?? bundle.catalog;
  const show = (/** @type {string} */ code) => {
    const summary = summarize(view, pairs, turn, { code, link, catalog });
    const ways = party?.staff ? reachable(view, { summary, code, link, catalog }) : [];
    place.replaceChildren(...code ? codeBox(view, code) : [], ...textBox(view, summary), ...ways);
  };
  // Until Python is there, or without it, there is no code; the text and its link say the same.
  const codes = willing && turn && pairs.length && party?.staff;
  if (!codes || !client.ready) show("");
  const { code } = codes ? await client.ask("make_code", JSON.stringify(evidence)).catch(() => ({ code: "" })) : { code: "" };
  if (codes) show(code);
  const detail = { party: place.dataset.party ?? "", code };
  place.dispatchEvent(new CustomEvent("helpdesk:handing-over", { bubbles: true, detail }));
}

/**
 * The walk as plain text.
 * @param {WizardView} view  @param {Pair[]} pairs  @param {Turn | undefined} turn
 * @param {{code: string, link: string, catalog: string}} places
 */
function summarize(view, pairs, turn, { code, link, catalog }) {
  const told = pairs.filter(([, value]) => value !== NOT_SURE).map((pair) => `- ${view.words(pair).join(" – ")}`);
  const guessed = turn ? view.guesses(turn).map(([cause, word]) => `- ${view.texts.causes[cause]?.title} – ${word}`) : [];
  return [
    view.texts.problem.title,
    ...told.length ? ["", view.say("summary.told"), ...told] : [],
    ...pairs.length && guessed.length ? ["", view.say("summary.guessed"), ...guessed] : [],
    "",
    ...code ? [view.say("summary.code", { code })] : [],
    view.say("summary.link", { link }),
    view.say("summary.catalog", { catalog }),
  ].join("\n");
}

/** @param {WizardView} view  @param {string} code */
function codeBox(view, code) {
  return [
    element("h3", { class: "helpdesk-label" }, view.say("code")),
    // Each group is a word of its own, so that it is not torn apart and can be heard.
    element("p", { class: "helpdesk-code" }, ...code.split("-").flatMap((part, at) =>
      [at ? "-" : "", element("span", {}, part)])),
    element("p", { class: "helpdesk-note" }, view.say("code.about")),
  ];
}

/** @param {WizardView} view  @param {string} summary */
function textBox(view, summary) {
  const text = element("textarea", { class: "helpdesk-summary", id: "helpdesk-summary", readonly: "", rows: "8" });
  text.textContent = summary;
  const copy = element("button", { type: "button", class: "helpdesk-button helpdesk-button--primary", "data-action": "copy" }, view.say("copy"));
  copy.addEventListener("click", () => copyText(copy, text, view.say("copied")));
  return [
    element("label", { class: "helpdesk-label", for: "helpdesk-summary" }, view.say("hand-off.summary")), text,
    box("outcomes", copy),
  ];
}

/** @param {HTMLElement} button  @param {HTMLElement} text  @param {string} copied */
async function copyText(button, text, copied) {
  if (!(text instanceof HTMLTextAreaElement)) return;
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    document.execCommand("copy"); // no permission, or no secure context
  }
  button.textContent = copied;
  button.closest("helpdesk-wizard")?.querySelector(".helpdesk-status")?.replaceChildren(copied);
}

/** Other ways, each opened by the reader.  @param {WizardView} view  @param {Places} places */
function reachable(view, places) {
  const { email, ticket } = view.texts.service;
  const title = view.texts.problem.title;
  const links = [];
  if (ticket) links.push([fillIn(ticket, places, LONGEST_TICKET), view.say("ticket")]);
  if (email) links.push([fillIn(`mailto:${email}?subject={title}&body={summary}`, { ...places, title }, LONGEST_MAIL), view.say("mail")]);
  return links.map(([href = "", label = ""]) =>
    element("p", {}, element("a", { class: "helpdesk-way", href, rel: "noopener noreferrer" }, label)));
}

/** An address with its places filled; the summary gives way where it is too long.  @param {string} template  @param {Record<string, string>} places  @param {number} longest */
function fillIn(template, places, longest) {
  const fill = (/** @type {Record<string, string>} */ all) =>
    template.replace(/\{(\w+)\}/g, (_whole, name) => encodeURIComponent(all[name] ?? ""));
  const whole = fill(places);
  const { summary = "", code = "" } = places;
  return whole.length <= longest ? whole : fill({ ...places, link: "", summary: code || summary.slice(0, longest / 12) });
}
