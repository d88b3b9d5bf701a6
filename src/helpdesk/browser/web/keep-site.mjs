/** Lets a reader have the whole site kept for no network, where the browser keeps it at all. */

/** @import {Keeping} from "./types" */

const SILENCE = 120_000; // ms without a file, after which the browser is taken to have stopped
const STEP = 10; // percent; a screen reader says each

/** Asks the site's service worker; `onProgress` is told of each file.  @param {ServiceWorker} worker  @param {string} request  @param {(percent: number) => void} [onProgress]  @returns {Promise<Keeping>} */
function ask(worker, request, onProgress) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(request, [port2]);
  return new Promise((resolve) => {
    /** @param {Keeping} kept */
    const end = (kept) => {
      port1.close(); // files that were on their way may still come
      resolve(kept);
    };
    const stopped = () => end({ failed: "silence" });
    let timer = setTimeout(stopped, SILENCE);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      if ("failed" in data || "size" in data) end(data);
      else {
        onProgress?.(100 * data.done / data.total);
        timer = setTimeout(stopped, SILENCE);
      }
    };
  });
}

/** @param {HTMLElement} box  @param {HTMLButtonElement} button  @param {ServiceWorker} worker */
async function start(box, button, worker) {
  /** @param {string | undefined} words */
  const say = (words = "") => box.querySelector("[role=status]")?.replaceChildren(words);
  /** @param {Keeping} kept */
  const show = (kept) => {
    const whole = "size" in kept && kept.done === kept.total;
    button.hidden = whole;
    if (whole) say(box.dataset.whole);
  };
  const now = await ask(worker, "");
  if ("failed" in now) return;
  button.textContent = (box.dataset.keep ?? "").replace("{size}", String(Math.ceil(now.size / 1e6)));
  show(now);
  box.hidden = false;
  button.addEventListener("click", async () => {
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true"; // and not disabled, which would take the focus away
    let said = -STEP;
    const kept = await ask(worker, "keep", (percent) => {
      if (percent < said + STEP) return;
      said = percent - percent % STEP;
      say(box.dataset.progress?.replace("{percent}", String(said)));
    });
    button.ariaDisabled = null;
    if ("failed" in kept) say(box.dataset.failed);
    show(kept);
  });
}

const box = /** @type {HTMLElement | null} */ (document.querySelector(".helpdesk-keep"));
const button = box?.querySelector("button");
const worker = (await navigator.serviceWorker?.ready)?.active; // never, where nothing is kept
if (box && button && worker) start(box, button, worker);
