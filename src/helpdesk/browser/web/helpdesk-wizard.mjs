/** <helpdesk-wizard>: makes a wizard of the HTML inside it, which works without and comes back on any failure. */

import { DiagnosisClient } from "./diagnosis-client.mjs";
import { formatFragment, kept, parseFragment, toEntry, without } from "./evidence.mjs";
import { fitInstructions, NOT_SURE, WizardView } from "./wizard-view.mjs";

/** @import {Entry, Pair, Progress, Turn} from "./types" */
/** @typedef {{turn: Turn, used: Pair[], view: WizardView}} Shown */

// One for all: Python outlives a page that is swapped without a reload.
/** @type {DiagnosisClient | undefined} */ let client;

const hasDied = kept("starts") === "1"; // while Python started here, before a reload

/** Whether to ask the reader before megabytes are loaded: on a narrow line, or where this tab has died of them. */
function hesitates() {
  const { saveData, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return Boolean(saveData || effectiveType?.includes("2g") || hasDied);
}

/** @param {() => unknown} work */
function whenIdle(work) {
  (window.requestIdleCallback ?? window.setTimeout)(work);
}

/** Waits while somebody presses there.  @param {Element} place */
async function noFinger(place) {
  if (place.matches(":active")) await new Promise((done) => ["pointerup", "pointercancel"].forEach((name) => addEventListener(name, () => setTimeout(done), { once: true })));
}

/** @param {Pair[]} pairs */
function address(pairs) {
  return location.pathname + location.search + formatFragment(pairs);
}

export class HelpdeskWizard extends HTMLElement {
  #live = document.createElement("div");
  /** @type {Pair[]} */ #pairs = [];
  /** @type {Map<string, string>} */ #earlier = new Map(); // to be marked when the question comes back
  #dropped = false; // part of the address was of no use
  #preset = false; // the answers are the page's, not the reader's
  /** @type {Shown | undefined} */ #shown;
  #stage = "html"; // or "waiting", "ready", "person", "offer", "error"; see `data-when`
  #wanted = false; // on a narrow line, the reader said yes
  #waits = false; // for Python
  #latest = 0;
  /** @type {Promise<Record<string, number> | void> | undefined} */ #raised;
  #title = "";
  #leaving = new AbortController();

  connectedCallback() {
    const { signal } = this.#leaving = new AbortController();
    this.#title = document.title;
    Object.assign(this.#live, { className: "helpdesk-live", hidden: true });
    this.prepend(this.#live);
    this.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("toggle", () => this.#onToggle(), { signal, capture: true });
    window.addEventListener("popstate", (event) => this.#onPopState(event), { signal });
    window.addEventListener("pagehide", () => kept("starts", 0), { signal });
    this.#read();
    const codes = this.querySelector(".helpdesk-open");
    if (codes) import("./open-code.mjs").then(({ start }) => start(codes, () => this.#client(), (pairs) => this.#go(pairs)), console.warn);
    const idle = () => whenIdle(() => this.#stage === "html" && this.#update(false));
    if (this.#pairs.length && !this.#preset) this.#update(false);
    else this.#onToggle(); // somebody may have been quicker than this script
    if (document.readyState === "complete") idle();
    else window.addEventListener("load", idle, { once: true, signal });
  }

  /** Reads the answers in the address, which somebody else has put there. */
  reread() {
    this.#read();
    this.#update(false);
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** An answer opened in the HTML before Python is there counts as given. */
  #onToggle() {
    const key = this.querySelector("details[data-answer]")?.getAttribute("name") ?? "";
    const answer = this.querySelector("details[open][data-answer]")?.getAttribute("data-answer") ?? undefined;
    if (this.#shown || answer === this.#pairs.find(([other]) => other === key)?.[1]) return;
    const others = this.#pairs.filter(([other]) => other !== key);
    this.#go(answer ? [...others, [key, answer]] : others);
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    event.preventDefault();
    const button = event.submitter;
    // Until the next step is there, a second press has nothing to answer.
    if (!(button instanceof HTMLButtonElement) || this.#live.inert) return;
    const typed = button.name ? null : this.#live.querySelector("input");
    this.#live.inert = true;
    button.classList.add("is-chosen");
    const used = this.#shown?.used ?? [];
    const index = Number(button.form?.dataset.index ?? used.length);
    const { name, value } = typed ?? button;
    this.#go(used.toSpliced(index, 1, [name, value.trim() || NOT_SURE]));
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    /** @type {HTMLElement | null} */
    const pressed = event.target instanceof Element ? event.target.closest("button, a[data-action]") : null;
    if (!pressed) return;
    const { action } = pressed.dataset;
    // The second half of a double click was meant for what is gone by now.
    if (action || event.detail > 1) event.preventDefault();
    if (action && event.detail < 2) this.#act(pressed, action);
  }

  /** @param {HTMLElement} button  @param {string} action */
  #act(button, action) {
    const index = Number(button.dataset.index);
    const view = this.#shown?.view;
    const pair = this.#pairs[index];
    if (action === "start") {
      this.#wanted = true;
      if (this.#stage === "error") client = undefined;
      this.#update(true);
    }
    if (action === "back") this.#go(this.#pairs.slice(0, -1));
    if (action === "restart") {
      this.#pairs = [];
      this.#earlier.clear();
      this.#go([]);
    }
    if (action === "person") this.#contact().catch(() => location.assign(button.getAttribute("href") ?? ""));
    if (action === "cancel") this.#update(true);
    if (action === "change" && view && pair) this.#render(view.change(pair, index), true);
    if (action === "retract") this.#go(this.#pairs.toSpliced(index, 1));
  }

  /** A person instead of the next step: works before Python is there, and where it never comes. */
  async #contact() {
    const latest = ++this.#latest;
    const [{ person }, { texts, root }] = await Promise.all([import("./hand-over.mjs"), this.#client().open()]);
    if (latest !== this.#latest) return;
    this.#shown || this.#enter("person");
    this.#render(person(new WizardView(texts, root)), true);
  }

  /** @param {PopStateEvent} event */
  #onPopState({ state }) {
    // The anchor of a heading is none of ours.
    if (!state?.helpdesk && !parseFragment(location.hash).pairs.length) return;
    this.#read();
    this.#update(true);
  }

  #read() {
    const given = parseFragment(location.hash);
    this.#preset = !given.pairs.length && this.hasAttribute("answers");
    const { pairs, dropped } = this.#preset ? parseFragment(`#${this.getAttribute("answers")}`) : given;
    this.#remember(pairs);
    this.#dropped = dropped;
  }

  /** @param {Pair[]} pairs */
  #go(pairs) {
    history.replaceState({ ...history.state, helpdesk: true }, "");
    history.pushState({ helpdesk: true }, "", address(pairs));
    this.#remember(pairs);
    this.#dropped = this.#preset = false;
    this.#update(true);
  }

  /** @param {Pair[]} pairs */
  #remember(pairs) {
    for (const [key, value] of [...this.#pairs, ...pairs]) this.#earlier.set(key, value);
    this.#pairs = pairs;
  }

  /** Shows where the answers lead.  @param {boolean} move  Whether the focus goes there. */
  async #update(move) {
    const latest = ++this.#latest;
    try {
      if (!this.#shown && this.#pairs.length && !this.#preset) this.#enter("waiting");
      const next = await this.#next();
      if (!this.#shown) await noFinger(this);
      if (latest !== this.#latest) return;
      if (next) this.#show(next, move);
      else this.#enter(next === null ? "offer" : "html");
    } catch (error) {
      console.warn("helpdesk:", error);
      if (latest === this.#latest) this.#enter("error");
    }
  }

  #client() {
    if (client?.language !== this.lang) client = new DiagnosisClient(new URL("bundle.json", import.meta.url), this.lang);
    client.onProgress = (progress) => this.#onProgress(progress);
    return client;
  }

  /** What Python says where it runs, or what is known without it. Null where the reader is to be asked first, nothing where that is of no use. */
  async #next() {
    const client = this.#client();
    const audience = this.getAttribute("audience") ?? "user";
    const [{ bundle, texts, root }, strategy] = await Promise.all([client.open(), client.strategy(audience)]);
    const known = this.#pairs.filter((pair) => toEntry(pair, texts));
    const evidence = known.flatMap((pair) => toEntry(pair, texts) ?? []);
    this.#raised ??= import("./outages.mjs").then(({ lead }) => lead(this.#live, texts, root)).catch(console.warn);
    const foreseen = strategy?.turn(known);
    if (!foreseen && !bundle.runtime && !this.#shown) return undefined;
    if (!foreseen && !client.ready && hesitates() && !this.#wanted) return this.#pairs.length && !this.#preset ? null : undefined;
    const turn = client.ready || !foreseen ? await this.#think(client, evidence, audience, foreseen) : foreseen;
    return { turn, used: without(known, turn.ignored), view: new WizardView(texts, root) };
  }

  /** @param {DiagnosisClient} python  @param {Entry[]} evidence  @param {string} audience  @param {Turn} [foreseen]  In case Python fails. */
  async #think(python, evidence, audience, foreseen) {
    this.#waits = true;
    if (!python.ready) this.#enter("waiting");
    try {
      return await python.turn(evidence, audience, this.#raised);
    } catch (error) {
      if (foreseen) return foreseen;
      throw error;
    } finally {
      this.#waits = false;
    }
  }

  /** Python comes while nobody waits for it. */
  #prepare() {
    if (!client?.ready && (this.#wanted || !hesitates())) this.#client().start().then(() => this.toggleAttribute("data-python", true), console.warn);
  }

  /** @param {Shown} next  @param {boolean} move */
  #show(next, move) {
    const held = this.querySelector(".helpdesk-static :focus")?.closest("[data-answer]")?.getAttribute("data-answer");
    const { turn, used, view } = this.#shown = next;
    this.#dropped ||= used.length < this.#pairs.length;
    this.#pairs = used;
    if (this.#dropped) history.replaceState(history.state, "", address(used));
    this.#enter("ready");
    this.toggleAttribute("data-begun", used.length > 0);
    this.toggleAttribute("data-python", client?.ready);
    this.#render(view.turn(turn, used, this.#earlier, this.#dropped), move);
    for (const button of this.#live.querySelectorAll("button")) if (held && button.value === held) button.focus();
    // Another language goes on where this one is.
    for (const link of document.querySelectorAll("a[hreflang]")) /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
    for (const name of ["step", turn.step.kind]) {
      this.dispatchEvent(new CustomEvent(`helpdesk:${name}`, { bubbles: true, detail: turn }));
    }
    whenIdle(() => this.#prepare());
  }

  /** @param {(Node | string)[]} parts  @param {boolean} move */
  #render(parts, move) {
    const { activeElement } = document;
    const follows = move && (activeElement === document.body || this.contains(activeElement));
    this.#live.replaceChildren(...parts);
    this.#live.inert = false;
    fitInstructions();
    const heading = this.#live.querySelector("h2");
    const codes = this.#live.querySelector("datalist");
    if (codes && client) Promise.all([import("./typed-codes.mjs"), client.codes()])
      .then(([{ offer }, all]) => offer(codes, all, this.#shown?.view.say("choose-code") ?? ""), console.warn);
    document.title = this.#pairs.length ? `${heading?.textContent} – ${this.#title}` : this.#title;
    const handOver = this.#live.querySelector(".helpdesk-hand-over");
    if (handOver instanceof HTMLElement) {
      const given = { client: this.#client(), pairs: this.#pairs, turn: this.#shown?.turn, willing: this.#wanted || !hesitates() };
      import("./hand-over.mjs").then(({ fill }) => fill(handOver, given), console.warn);
    }
    if (!follows) return;
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: "nearest" });
  }

  /** Shows the parts that belong to a stage.  @param {string} stage */
  #enter(stage) {
    this.#live.hidden = !this.#shown && stage !== "person";
    this.#live.inert &&= stage === "waiting";
    this.querySelector(".helpdesk-static")?.toggleAttribute("hidden", !this.#live.hidden);
    this.classList.replace(`is-${this.#stage}`, `is-${stage}`) || this.classList.add(`is-${stage}`);
    this.#stage = stage;
    for (const part of this.querySelectorAll("[data-when]")) {
      part.toggleAttribute("hidden", !part.getAttribute("data-when")?.split(" ").includes(stage));
    }
    this.#announce(this.querySelector(".helpdesk-notice:not([hidden]) p")?.textContent ?? "");
    for (const [question, answer] of this.#pairs.map((pair) => pair.map(CSS.escape))) {
      this.querySelector(`details[name="${question}"][data-answer="${answer}"]`)?.setAttribute("open", "");
    }
  }

  /** For those who listen: loading and failing; never a step, which gets the focus.  @param {string} text */
  #announce(text) {
    const status = this.querySelector(".helpdesk-status");
    if (status && status.textContent !== text) status.textContent = text;
  }

  /** @param {Progress} progress */
  #onProgress({ done, total }) {
    if (this.#waits && this.#stage === "ready") this.#enter("waiting"); // a second worker
    const bar = this.querySelector("progress");
    const bytes = this.querySelector(".helpdesk-bytes");
    const { format } = new Intl.NumberFormat(this.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const text = bytes?.getAttribute("data-text")?.replace("{done}", format(done / 1e6));
    if (bar) Object.assign(bar, { max: total, value: done });
    if (bytes) bytes.textContent = text?.replace("{total}", format(total / 1e6)) ?? "";
  }
}

if (!customElements.get("helpdesk-wizard")) customElements.define("helpdesk-wizard", HelpdeskWizard);
document.addEventListener("change", fitInstructions);
fitInstructions();
