/** What the page around the wizard knows already: answers it need not ask for, and what stands beside a step. */

import { element, WizardView } from "./wizard-view.mjs";
import { kept } from "./evidence.mjs";

/** @import {Fact, Pair, Texts, Turn} from "./types" */

const MOST_SECONDS = 172_800; // two days

/** The answer that a value stands for.  @param {Fact} fact  @param {string} value */
function answerOf({ asIs, begins, words }, value) {
  if (asIs) return value;
  const word = value.trim().toLowerCase();
  if (Object.hasOwn(words, word)) return words[word];
  const number = /^\d{1,9}(\.\d+)?$/.test(word) ? Number(word) : NaN;
  return begins.find(([, from]) => number >= from)?.[0];
}

export class Context {
  /** @type {Pair[]} */ answers = [];
  /** @type {[fact: Fact, value: string][]} */ #shown = []; // answers nothing
  /** @type {string[]} */ #fixes = []; // that wait
  #until = 0;

  /** @param {Pair[]} facts  Of the section `context` of the catalog, from anywhere.  @param {Texts} texts */
  constructor(facts, texts) {
    for (const [id, value] of facts) {
      const fact = texts.context[id];
      const answer = fact && answerOf(fact, value);
      if (!fact) continue;
      if (answer) this.answers.push([fact.question, answer]);
      else if (fact.fixes.length && Number(value) >= 0 && Number(value) <= MOST_SECONDS) {
        this.#fixes = fact.fixes;
        this.#until = Date.now() + Number(value) * 1000;
      } else if (fact.reader) kept(fact.reader, fact.choices[value.trim().toLowerCase()]);
      else if (!fact.begins.length && !Object.keys(fact.words).length) this.#shown.push([fact, value]);
    }
  }

  /** All answers; what the reader has answered counts more than what was handed in.  @param {Pair[]} own */
  applied(own) {
    return [...this.answers.filter(([key]) => !own.some(([other]) => other === key)), ...own];
  }

  /** Adds to a step what is known.  @param {Element} live  @param {Turn} turn  @param {Pair[]} used  @param {WizardView} view */
  decorate(live, turn, used, view) {
    const form = live.querySelector("form");
    const [first] = form?.querySelectorAll(".helpdesk-text") ?? [];
    const handed = this.answers.map(([key]) => key);
    // At the beginning it is for the reader to look through; later it stands among the answers.
    if (handed.length && used.every(([key]) => handed.includes(key))) {
      const told = used.map((pair) => view.words(pair)[1]).join(" · ");
      const summary = element("summary", {}, element("span", {}, `${view.say("known")} `, element("strong", {}, told)));
      form?.before(element("details", { class: "helpdesk-details helpdesk-known" }, summary, view.answers(used)));
    }
    for (const [fact, value] of this.#shown) {
      if (fact.question === turn.step.question) first?.before(element("p", { class: "helpdesk-fact" }, `${fact.label}: `, element("bdi", {}, value)));
    }
    if (this.#fixes.includes(turn.step.fix ?? "")) first?.before(this.#countdown(view));
  }

  /** @param {WizardView} view */
  #countdown(view) {
    const time = new Intl.DateTimeFormat(view.texts.language, { timeStyle: "short" }).format(this.#until);
    const text = element("p", { class: "helpdesk-fact", role: "timer" });
    const tick = () => {
      const left = Math.ceil((this.#until - Date.now()) / 1000);
      const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      text.textContent = left > 0 ? view.say("until", { time, left: clock }) : view.say("until.now");
      if (left <= 0 || (drawn && !text.isConnected)) clearInterval(timer);
      drawn ||= text.isConnected;
    };
    let drawn = false;
    const timer = setInterval(tick, 1000);
    tick();
    return text;
  }
}
