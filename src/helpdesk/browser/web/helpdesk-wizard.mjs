/** <helpdesk-wizard>: makes a wizard of the HTML inside it, which works without and comes back on any failure. */

import { DiagnosisClient } from "./diagnosis-client.mjs";
import { formatFragment, kept, parseFragment, toEntry, without } from "./evidence.mjs";
import { fitInstructions, NOT_SURE, WizardView } from "./wizard-view.mjs";

/** @import {Pair, Progress, Turn} from "./types" */
/** @typedef {{turn: Turn, used: Pair[], view: WizardView}} Shown */

// One for all: Python outlives a page that is swapped without a reload.
/** @type {DiagnosisClient | undefined} */ let client;

const hasDied = kept("starts") === "1"; // while Python started here, before a reload

/** Whether to ask the reader before megabytes are loaded: on a narrow line, or where this tab has died of them. */
function hesitates() {
  const { saveData, effectiveType } = /** @type {any} */ (navigator).connection ?? {};
  return saveData || effectiveType?.includes("2g") || hasDied;
}

/** Waits while somebody presses there.  @param {Element} place */
async function noFinger(place) {
  if (place.matches(":active")) await new Promise((done) => addEventListener("pointerup", () => setTimeout(done), { once: true }));
}

/** @param {Pair[]} pairs */
function address(pairs) {
  return formatFragment(pairs) || location.pathname + location.search;
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
  #plain = ""; // address of the same step without a script
  #latest = 0;
  /** @type {Promise<Record<string, number> | void> | undefined} */ #raised;
  #title = "";
  #leaving = new AbortController();

  connectedCallback() {
    const { signal } = this.#leaving = new AbortController();
    this.#title = document.title;
    this.#live.className = "helpdesk-live";
    this.prepend(this.#live);
    this.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    addEventListener("popstate", () => this.#onPopState(), { signal });
    addEventListener("pagehide", () => kept("starts", 0), { signal });
    this.#read();
    const codes = this.querySelector(".helpdesk-open");
    if (codes) import("./open-code.mjs").then(({ start }) => start(codes, () => this.#client(), (pairs) => this.#go(pairs)), console.warn);
    const loaded = () => this.#stage === "html" && this.#update(); // no browser is too busy for that for ever
    if (this.#pairs.length && !this.#preset) this.#update();
    else this.#answer(this.querySelector("details[open][data-answer]")); // somebody was quicker than this script
    if (document.readyState === "complete") loaded();
    else addEventListener("load", loaded, { once: true, signal });
  }

  /** Reads the answers in the address, which somebody else has put there. */
  reread() {
    this.#read();
    this.#update();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** An answer given in the HTML counts.  @param {Element | null} place */
  #answer(place) {
    const { question = "", answer = "" } = place instanceof HTMLElement ? place.dataset : {};
    if (answer) this.#go([...this.#pairs.filter(([other]) => other !== question), [question, answer]]);
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    event.preventDefault();
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement)) return;
    const typed = button.name ? null : this.#live.querySelector("input");
    const used = this.#shown?.used ?? [];
    const index = Number(button.form?.dataset.index ?? used.length);
    const { name, value } = typed ?? button;
    this.#go(used.toSpliced(index, 1, [name, value.trim() || NOT_SURE]));
    // Until the next step is there, a second press has nothing to answer; one that is known has come by then.
    setTimeout(() => {
      button.classList.add("is-chosen");
      this.#live.inert = this.#waits && button.isConnected;
    });
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    /** @type {HTMLElement | null} */
    const pressed = event.target instanceof Element ? event.target.closest("button, summary, a[data-action], a[data-answer]") : null;
    // Into a tab of its own, a link leads by itself.
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { action } = pressed.dataset;
    const given = pressed.closest("[data-answer]");
    // The second half of a double click was meant for what is gone by now.
    if (action || given || event.detail > 1) event.preventDefault();
    if (event.detail > 1) return;
    if (action) this.#act(pressed, action);
    this.#answer(given);
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

  #onPopState() {
    // The anchor of a heading is none of ours.
    if (history.state?.helpdesk || parseFragment(location.hash).pairs.length) {
      this.#read();
      this.#update(true);
    }
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
    history.state?.helpdesk || history.replaceState({ ...history.state, helpdesk: true }, "");
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

  /** Shows where the answers lead.  @param {boolean} [move]  Whether the focus goes there. */
  async #update(move = false) {
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
    const { turn: foreseen, plain } = strategy?.follow(known) ?? {};
    this.#plain = plain ? new URL(`${texts.plain}${plain}.html`, root).href : "";
    if (!foreseen && !bundle.runtime && !this.#shown) return undefined;
    if (!foreseen && !client.ready && hesitates() && !this.#wanted) return this.#pairs.length && !this.#preset ? null : undefined;
    const turn = client.ready || !foreseen ? await this.#think(client.turn(evidence, audience, this.#raised), foreseen) : foreseen;
    return { turn, used: without(known, turn.ignored), view: new WizardView(texts, root) };
  }

  /** @param {Promise<Turn>} turn  From Python.  @param {Turn} [foreseen]  In case that fails. */
  async #think(turn, foreseen) {
    this.#waits = true;
    if (!client?.ready) this.#enter("waiting");
    try {
      return await turn;
    } catch (error) {
      if (foreseen) return foreseen;
      throw error;
    } finally {
      this.#waits = this.#live.inert = false;
    }
  }

  /** @param {Shown} next  @param {boolean} move */
  #show(next, move) {
    const held = this.querySelector("a:focus")?.getAttribute("data-answer");
    const { turn, used, view } = this.#shown = next;
    this.#waits = false; // somebody may have gone back from where only Python knows
    this.#dropped ||= used.length < this.#pairs.length;
    this.#pairs = used;
    if (this.#dropped) history.replaceState(history.state, "", address(used));
    this.#enter("ready");
    this.toggleAttribute("data-begun", used.length > 0);
    this.toggleAttribute("data-python", client?.ready);
    this.#render(view.turn(turn, used, this.#earlier, this.#dropped), move);
    if (held) Array.from(this.#live.querySelectorAll("button")).find(({ value }) => value === held)?.focus();
    // Another language goes on where this one is.
    for (const link of document.querySelectorAll("a[hreflang]")) /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
    for (const name of ["step", turn.step.kind]) {
      this.dispatchEvent(new CustomEvent(`helpdesk:${name}`, { bubbles: true, detail: turn }));
    }
    // Python comes while nobody waits for it: after this step is painted. Not `requestIdleCallback`: a busy machine may never be idle.
    const start = () => this.#client().start().then(() => this.toggleAttribute("data-python", true), console.warn);
    if (!client?.ready && (this.#wanted || !hesitates())) setTimeout(start, 99);
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
    if (codes) import("./typed-codes.mjs").then(({ offer }) => offer(codes, this.#client(), this.#shown?.view.say("choose-code") ?? "")).catch(console.warn);
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
    this.querySelector(".helpdesk-static")?.toggleAttribute("hidden", !this.#live.hidden);
    this.classList.replace(`is-${this.#stage}`, `is-${stage}`) || this.classList.add(`is-${stage}`);
    this.#stage = stage;
    for (const part of this.querySelectorAll("[data-when]")) {
      part.toggleAttribute("hidden", !part.getAttribute("data-when")?.split(" ").includes(stage));
    }
    // For those who listen: loading and failing; never a step, which gets the focus.
    const said = this.querySelector(".helpdesk-notice:not([hidden]) p")?.textContent ?? "";
    const status = this.querySelector(".helpdesk-status");
    if (status?.textContent !== said) status?.replaceChildren(said);
    let plain = this.#plain;
    /** @type {NodeListOf<HTMLAnchorElement>} */ const parts = this.querySelectorAll("[data-answer], .helpdesk-simple");
    for (const part of parts) {
      const { question, answer } = part.dataset;
      const chosen = this.#pairs.some(([key, value]) => key === question && value === answer);
      part.classList.toggle("is-chosen", chosen);
      if (chosen) part.setAttribute("open", "");
      if (chosen) plain ||= part.href;
      if (!answer && plain) part.href = plain; // the simple version, further down
    }
  }

  /** @param {Progress} progress */
  #onProgress({ done, total }) {
    if (this.#waits && this.#stage === "ready") this.#enter("waiting"); // a second worker
    const bar = this.querySelector("progress");
    const bytes = this.querySelector(".helpdesk-bytes");
    const { format } = new Intl.NumberFormat(this.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    /** @type {Record<string, number>} */ const places = { done, total, left: total - done };
    const text = bytes?.getAttribute(done < total ? "data-text" : "data-starting") ?? "";
    if (bar) Object.assign(bar, { max: total, value: done });
    if (bytes) bytes.textContent = text.replace(/\{(\w+)\}/g, (_all, name) => format((places[name] ?? 0) / 1e6));
  }
}

if (!customElements.get("helpdesk-wizard")) customElements.define("helpdesk-wizard", HelpdeskWizard);
document.addEventListener("change", fitInstructions);
fitInstructions();
