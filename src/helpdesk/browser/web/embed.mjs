/**
 * Puts the wizard into a page of another site:
 *
 *     <script type="module" src="https://help.example.com/embed.mjs"></script>
 *     <helpdesk-wizard dialog context='{"attempts": 3, "channel": "sms"}'>
 *       <a href="https://help.example.com/wizard/">Didn't get your code?</a>
 *     </helpdesk-wizard>
 *
 * With `dialog` it opens over the page when what is inside the element is pressed; without, it stands
 * in the page. `href` is the page to embed, where that is not embed/ beside this script.
 * It runs in a frame of its own, so that neither side's styles and scripts reach the other.
 */

/** @import {Context, FromWizard, Theme} from "./embed" */

const THEME = ["accent", "text", "quiet", "page", "good", "danger", "radius"].map((name) => `--helpdesk-${name}`);
const TALLEST = 20_000;
const STYLE = `
  :host { display: block }
  :host([dialog]) { display: inline }
  :host([hidden]) { display: none }
  iframe { border: 0; display: block; inline-size: 100%; block-size: 30rem; color-scheme: inherit }
  dialog { background: var(--helpdesk-page, canvas); border: 0; border-radius: var(--helpdesk-radius, 0.75em); box-sizing: border-box;
    color: var(--helpdesk-text, canvastext); inline-size: min(44rem, 100vw - 1rem); max-block-size: calc(100dvh - 1rem);
    overscroll-behavior: contain; padding: 0.5rem 0.5rem 0 }
  dialog::backdrop { background: rgb(0 0 0 / 55%) }
  button { background: none; border: 0; border-radius: 0.5em; color: inherit; cursor: pointer; display: block; font: 1.5rem/1 system-ui;
    inset-block-start: 0; margin-inline-start: auto; min-block-size: 44px; min-inline-size: 44px; position: sticky }
  button:focus-visible { outline: 3px solid }
`;

/** Whether a message is one of those of the wizard.  @param {any} data  @returns {data is FromWizard} */
function isMessage(data) {
  const text = (/** @type {unknown} */ value) => typeof value === "string" && value.length < 10_000;
  switch (data?.type) {
    case "helpdesk:height": return Number.isFinite(data.height) && data.height >= 0;
    case "helpdesk:step": return text(data.kind);
    case "helpdesk:hand-off": return text(data.party) && text(data.code);
    default: return ["helpdesk:ready", "helpdesk:solved", "helpdesk:close"].includes(data?.type);
  }
}

export class HelpdeskEmbed extends HTMLElement {
  /** What the page knows already, also before this script has come. Handed in once, when the wizard opens.  @type {Context} */
  context = /** @type {{context?: Context}} */ (/** @type {unknown} */ (this)).context ?? {};
  /** @type {HTMLIFrameElement | undefined} */ #frame;
  #leaving = new AbortController();

  connectedCallback() {
    const { signal } = this.#leaving = new AbortController();
    window.addEventListener("message", (event) => this.#onMessage(event), { signal });
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (root.childNodes.length) return;
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    if (!this.hasAttribute("dialog")) return root.append(this.#open());
    root.append(document.createElement("slot"));
    this.addEventListener("click", (event) => {
      if (!event.composedPath().some((node) => node instanceof Element && node.parentNode === this)) return;
      event.preventDefault();
      this.show();
    });
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  /** Opens the dialog. */
  show() {
    const root = this.shadowRoot;
    const dialog = root?.querySelector("dialog") ?? document.createElement("dialog");
    if (!dialog.childNodes.length) {
      const close = document.createElement("button");
      close.append("×");
      close.setAttribute("aria-label", this.getAttribute("close-label") ?? "Close");
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => this.#tell("close"));
      dialog.append(close, this.#open());
      dialog.setAttribute("aria-label", this.#frame?.title ?? "");
      root?.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  }

  /** The address of the page to embed; never one that runs as a script. */
  #address() {
    const url = new URL(this.getAttribute("href") ?? "", this.hasAttribute("href") ? document.baseURI : import.meta.url);
    const address = this.hasAttribute("href") ? url : new URL("embed/", import.meta.url);
    return ["https:", "http:"].includes(address.protocol) ? address : new URL("embed/", import.meta.url);
  }

  #open() {
    const frame = this.#frame = document.createElement("iframe");
    const { href, origin } = this.#address();
    frame.title = this.getAttribute("label") ?? this.textContent?.trim() ?? "";
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "no-referrer";
    frame.addEventListener("load", () => {
      const message = { type: "helpdesk:start", context: this.#context(), theme: this.#theme() };
      frame.contentWindow?.postMessage(message, origin);
    });
    frame.src = href;
    return frame;
  }

  /** @returns {Context} */
  #context() {
    try {
      return { ...JSON.parse(this.getAttribute("context") ?? "{}"), ...this.context };
    } catch {
      console.warn("helpdesk: the attribute context is not JSON");
      return { ...this.context };
    }
  }

  /** @returns {Theme} */
  #theme() {
    const style = getComputedStyle(this);
    const pairs = THEME.map((name) => [name, style.getPropertyValue(name).trim()]);
    return Object.fromEntries(pairs.filter(([, value]) => value));
  }

  /** @param {MessageEvent} event */
  #onMessage({ source, origin, data }) {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== this.#address().origin || !isMessage(data)) return;
    if (data.type === "helpdesk:height") frame.style.blockSize = `${Math.min(data.height, TALLEST)}px`;
    else if (data.type === "helpdesk:close") this.shadowRoot?.querySelector("dialog")?.close();
    else this.#tell(data.type.slice("helpdesk:".length), data);
  }

  /** @param {string} name  @param {object} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`helpdesk:${name}`, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("helpdesk-wizard")) customElements.define("helpdesk-wizard", HelpdeskEmbed);
