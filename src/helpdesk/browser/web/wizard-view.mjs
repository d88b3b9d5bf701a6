/** What a turn looks like. Elements are made one by one; no text is ever read as HTML. */

import { kept } from "./evidence.mjs";

/** @import {Pair, TextNode, Texts, Turn} from "./types" */
/** @typedef {(Node | string)[]} Children */
/** @typedef {Map<string, string>} Earlier  What was answered before, to be marked. */

export const NOT_SURE = "not-sure";
const SOMETHING_ELSE = "something-else";
const TAGS = new Set(["p", "em", "strong", "code", "ul", "ol", "li", "br", "h3", "blockquote", "details", "summary", "label", "select"]);
const FEW = 4; // choices that are shown, folded, while none is chosen
const PROTOCOLS = new Set(["https:", "http:", "mailto:", "tel:"]);

/** @param {string} tag  @param {Record<string, string>} attributes  @param {Children} children */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {string} look  @param {Children} children */
export function box(look, ...children) {
  return element("div", { class: `helpdesk-${look}` }, ...children);
}

/** @param {string} action  @param {string} look  @param {string} label  @param {number} [index]  Of an answer. */
function control(action, look, label, index) {
  const button = element("button", { type: "button", class: `helpdesk-${look}`, "data-action": action }, label);
  if (index !== undefined) button.dataset.index = String(index);
  return button;
}

/** @param {string} summary  @param {Children} children */
function disclosure(summary, ...children) {
  return element("details", { class: "helpdesk-details" }, element("summary", {}, summary), ...children);
}

/** @param {Children[]} items */
function list(items) {
  return element("ul", {}, ...items.map((item) => element("li", {}, ...item)));
}

/** Shows the instructions for this phone, or for what was chosen in this tab.  @param {Event} [event] */
export function fitInstructions(event) {
  for (const box of document.querySelectorAll(".helpdesk-instructions")) {
    const select = box.querySelector("select");
    const [reader, ...options] = select?.options ?? [];
    if (!select || !reader) continue;
    const chosen = kept(reader.value, event?.target === select ? select.value : undefined);
    const fits = options.findIndex(({ value }) => chosen ? value === chosen : navigator.userAgent.match(value));
    select.selectedIndex = fits + 1;
    select.hidden = options.length < 2;
    box.querySelectorAll("details").forEach((each, index) => {
      each.open = index === fits;
      each.hidden = !each.open && (fits >= 0 || options.length > FEW);
    });
  }
}

export class WizardView {
  /** @param {Texts} texts  @param {URL} root  What addresses in the texts are relative to. */
  constructor(texts, root) {
    this.texts = texts;
    this.root = root;
  }

  /** @param {Turn} turn  @param {Pair[]} pairs  @param {Earlier} earlier  @param {boolean} unused  Some answers were of no use. */
  turn(turn, pairs, earlier, unused) {
    const back = control("back", "control helpdesk-back", this.say("back"));
    const bar = box("bar", back, control("restart", "control", this.say("restart")));
    bar.hidden = !pairs.length;
    const note = element("p", { class: "helpdesk-note" }, this.say("unused"));
    note.hidden = !unused;
    const person = box("person", control("person", "control helpdesk-other", this.say("person")));
    person.hidden = !(turn.step.question ?? turn.step.fix);
    return [bar, note, this.#step(turn, pairs, earlier), person, box("more", ...this.#more(turn, pairs))];
  }

  /** What leads back to the step. */
  cancel() {
    return box("bar", control("cancel", "control helpdesk-back", this.say("cancel")));
  }

  /** The step of one answer again, to change it.  @param {Pair} pair  @param {number} index */
  change(pair, index) {
    const form = this.#ask(pair[0], new Map([pair])) ?? this.#try(pair[0], new Map([pair]));
    form?.setAttribute("data-index", String(index));
    return [this.cancel(), form ?? ""];
  }

  /** @param {string} key  @param {Record<string, string>} places  What replaces the {places} in the phrase. */
  say(key, places = {}) {
    const phrase = this.texts.ui[`wizard.${key}`] ?? key;
    return phrase.replace(/\{(\w+)\}/g, (_whole, name) => places[name] ?? "");
  }

  /** @param {Turn} turn  @param {Pair[]} pairs  @param {Earlier} earlier */
  #step(turn, pairs, earlier) {
    const { question = "", fix = "", party = "", warning = "" } = turn.step;
    return this.#ask(question, earlier) ?? this.#try(fix, earlier) ?? this.handOff(party, this.say("hand-off"), control("back", "other", this.say("hand-off.back")))
      ?? this.#warn(warning, pairs) ?? this.#solved(pairs);
  }

  /** @param {string} id  @param {Earlier} earlier */
  #ask(id, earlier) {
    const question = this.texts.questions[id];
    if (!question) return undefined;
    const answers = Object.entries(question.answers).map(([answer, label]) =>
      this.#choice(id, answer, label, "answer", earlier));
    const typed = answers.length ? [] : [
      element("input", { class: "helpdesk-input", name: id, list: "helpdesk-codes", "aria-labelledby": "helpdesk-title" }),
      element("datalist", { id: "helpdesk-codes" }),
      element("button", { class: "helpdesk-button helpdesk-button--primary" }, this.say("continue"))];
    const unsure = this.#choice(id, NOT_SURE, this.say(NOT_SURE), "answer helpdesk-answer--quiet", earlier);
    return this.#form("ask", "", question.title,
      box("text", ...this.#nodes(question.help)), box("answers", ...answers, ...typed, unsure));
  }

  /** @param {string} id  @param {Earlier} earlier */
  #try(id, earlier) {
    const fix = this.texts.fixes[id];
    if (!fix) return undefined;
    const outcome = (/** @type {string} */ value, /** @type {string} */ look) =>
      this.#choice(id, value, this.say(`choose.${value}`), look, earlier);
    return this.#form("try", this.say("try"), fix.title,
      element("p", { class: "helpdesk-time" }, fix.time),
      box("text", ...this.#nodes(fix.steps)),
      ...fix.instructions.map((group) => box("instructions", ...this.#nodes(group))),
      box("worked",
        element("h3", { class: "helpdesk-label" }, this.say("worked")), box("text", ...this.#nodes(fix.worked))),
      box("outcomes", outcome("solved", "button helpdesk-button--primary"), outcome("failed", "button")),
      box("others", ...["deferred", "tried", "removed"].map((value) => outcome(value, "other"))));
  }

  /** What is handed over comes in by itself (hand-over.mjs).  @param {string} id  @param {string} kicker  @param {Children} others */
  handOff(id, kicker, ...others) {
    const party = this.texts.parties[id];
    if (!party) return undefined;
    const name = { party: party.short };
    return this.#form("hand-off", kicker, this.say("hand-off.title", name),
      box("text", ...this.#nodes(party.contact)),
      element("p", {}, this.#link(party.url, this.say("hand-off.more", name))),
      element("div", { class: "helpdesk-hand-over", "data-party": id }),
      box("others", ...others));
  }

  /** @param {string} id  @param {Pair[]} pairs */
  #warn(id, pairs) {
    const warning = this.texts.warnings[id];
    if (!warning) return undefined;
    const trigger = pairs.findLastIndex(([question, answer]) => warning.when[question]?.includes(answer));
    return this.#form("warn", this.say("warn"), warning.title, box("text", ...this.#nodes(warning.text)),
      box("outcomes", control("retract", "button", this.say("warn.back"), trigger)));
  }

  /** @param {Pair[]} pairs */
  #solved(pairs) {
    const helped = pairs.findLast(([, value]) => value === "solved");
    return this.#form("solved", "", this.say("solved"),
      element("p", {}, helped ? this.say("solved.by", { fix: this.words(helped)[0] }) : ""),
      box("outcomes", control("restart", "button", this.say("restart"))));
  }

  /** @param {string} kind  @param {string} kicker  What kind of step it is.  @param {string} title  @param {Children} children */
  #form(kind, kicker, title, ...children) {
    const before = kicker ? [element("span", { class: "helpdesk-kicker" }, kicker), " "] : [];
    return element("form", { class: `helpdesk-step helpdesk-step--${kind}`, "aria-labelledby": "helpdesk-title" },
      element("h2", { class: "helpdesk-title", id: "helpdesk-title", tabindex: "-1" }, ...before, title), ...children);
  }

  /** @param {string} name  @param {string} value  @param {string} label  @param {string} look  @param {Earlier} earlier */
  #choice(name, value, label, look, earlier) {
    const tag = element("span", { class: "helpdesk-tag" }, this.say("earlier"));
    const marked = earlier.get(name) === value ? [tag] : [];
    return element("button", { name, value, class: `helpdesk-${look}`, formnovalidate: "" }, label, ...marked);
  }

  /** What explains a step, folded.  @param {Turn} turn  @param {Pair[]} pairs */
  #more(turn, pairs) {
    const { step, why } = turn;
    const parts = [];
    if (why.causes.length) {
      const chance = String(Math.ceil((why.chance ?? 0) * 20) * 5);
      const reason = element("p", {}, this.say(`because.${step.kind}`, { chance }));
      parts.push(disclosure(this.say(`why.${step.kind}`), reason, list(why.causes.map((cause) => [this.cause(cause)]))));
    }
    if (pairs.length && why.causes.length) {
      const rows = this.guesses(turn).map(([cause, word]) => [this.cause(cause), ` – ${word}`]);
      parts.push(disclosure(this.say("so-far"), list(rows), element("p", {}, this.say("so-far.estimate"))));
    }
    if (pairs.length) parts.push(disclosure(this.say("answers"), this.answers(pairs)));
    return parts;
  }

  /** @param {Pair[]} pairs */
  answers(pairs) {
    return element("dl", { class: "helpdesk-given" }, ...pairs.map((pair, index) => {
      const [asked, answered] = this.words(pair);
      const change = control("change", "control", this.say("change"), index);
      change.append(element("span", { class: "helpdesk-unseen" }, asked));
      return element("div", {}, element("dt", {}, asked), element("dd", {}, answered), element("dd", {}, change));
    }));
  }

  /** @param {Pair} pair  @returns {[asked: string, answered: string]} */
  words([key, value]) {
    const question = this.texts.questions[key];
    return question
      ? [question.title, value === NOT_SURE ? this.say(NOT_SURE) : question.answers[value] ?? value]
      : [this.texts.fixes[key]?.title ?? key, this.say(`outcome.${value}`)];
  }

  /** The causes worth showing, each with how likely it is.  @param {Turn} turn */
  guesses({ likely, causes }) {
    return causes.filter(({ cause }) => cause === SOMETHING_ELSE || likely.includes(cause))
      .map(({ cause, word }) => /** @type {const} */ ([cause, this.say(`word.${word}`)]));
  }

  /** @param {string} id */
  cause(id) {
    return this.#link(this.texts.article.replace("{id}", id), this.texts.causes[id]?.title ?? id);
  }

  /** @param {string} href  @param {Children} children */
  #link(href, ...children) {
    const url = new URL(href, this.root);
    const safe = href && PROTOCOLS.has(url.protocol);
    return safe ? element("a", { href: url.href, rel: "noopener" }, ...children) : element("span", {}, ...children);
  }

  /** @param {TextNode[]} nodes  @returns {Children} */
  #nodes(nodes) {
    return nodes.map((node) => {
      if (typeof node === "string") return node;
      const [tag = "", ...inside] = node;
      if (tag === "option") return new Option(String(inside[1]), String(inside[0]));
      if (tag === "a") return this.#link(String(inside[0]), ...this.#nodes(inside.slice(1)));
      return element(TAGS.has(String(tag)) ? String(tag) : "span", {}, ...this.#nodes(inside));
    });
  }
}
