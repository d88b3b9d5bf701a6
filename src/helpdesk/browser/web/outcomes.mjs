/**
 * Reports what helped: after the reader's own press, ids of the catalog and nothing else. Served only where a
 * site turns it on, as a module that begins with REPORTS.
 */

/** @import {Pair, Turn} from "./types" */

const ID = /^[a-z][a-z0-9-]*$/; // what was typed is left out

/** @type {Turn | undefined} */ let before;
let pressed = false;
/** @type {Set<string>} */ const sent = new Set();

/** Whether this browser asks not to be counted. */
function declines() {
  return navigator.doNotTrack === "1" || /** @type {any} */ (navigator).globalPrivacyControl === true;
}

/** @param {string} kind  @param {Pair[]} pairs */
function report(kind, pairs) {
  const address = new URL(REPORTS.to + kind, import.meta.url);
  address.search = new URLSearchParams([["catalog", REPORTS.catalog], ...pairs]).toString();
  if (declines() || sent.has(address.href)) return;
  sent.add(address.href);
  fetch(address, { mode: "no-cors", keepalive: true, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" })
    .catch(console.warn);
}

/** A link into the middle, a reload and the way back show an end too, but nobody has pressed then.  @param {Turn} turn */
function onStep(turn) {
  const [cause] = before?.step.kind === "try" ? before.why.causes : [];
  const { kind } = turn.step;
  const pairs = [...new URLSearchParams(location.hash.slice(1))].filter((pair) => pair.every((part) => ID.test(part)));
  if (pressed && kind === "solved" && cause) report("outcome", [["cause", cause], ...pairs]);
  if (pressed && kind === "hand-off") report(kind, pairs);
  pressed = false;
  before = turn;
}

addEventListener("submit", ({ target, isTrusted }) => {
  pressed = isTrusted && target instanceof Element && target.closest("helpdesk-wizard") !== null;
}, true);
addEventListener("popstate", () => (pressed = false), true);
addEventListener("helpdesk:step", (event) => onStep(/** @type {CustomEvent<Turn>} */ (event).detail));

/** Asks at the end of an article whether it helped; not without this script, and nobody who declines. */
class HelpdeskHelpful extends HTMLElement {
  connectedCallback() {
    this.hidden = declines();
    this.addEventListener("click", ({ target, isTrusted }) => {
      if (!isTrusted || !(target instanceof HTMLButtonElement)) return;
      report("helpful", [["cause", this.dataset.cause ?? ""], ["helpful", target.value]]);
      const thanks = document.createElement("p");
      Object.assign(thanks, { tabIndex: -1, textContent: this.dataset.thanks });
      this.replaceChildren(thanks);
      thanks.focus();
    });
  }
}

if (!customElements.get("helpdesk-helpful")) customElements.define("helpdesk-helpful", HelpdeskHelpful);
