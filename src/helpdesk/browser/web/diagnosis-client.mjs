/** The page's side of the worker: promises, patience, and a new worker where the old one failed. */

import { fetchChecked, LoadError } from "./checked-fetch.mjs";
import { kept } from "./evidence.mjs";
import { Strategy } from "./strategy.mjs";

/** @import {Bundle, BundleFile, Call, Entry, OnProgress, Report, Start, Texts, Turn, Wire} from "./types" */
/** @typedef {{bundle: Bundle, texts: Texts, root: URL}} Opened */

/** Milliseconds without any news, by what is under way. Loading as a whole may take as long as it needs. */
const PATIENCE = { loading: 8000, starting: 60_000, turn: 4000 };

let whole = false; // whether the thinned Python has failed here, and the whole one takes its place

export class DiagnosisClient {
  /** @type {Promise<Bundle> | undefined} */ #bundle;
  /** @type {Promise<Opened> | undefined} */ #opened;
  /** @type {Record<string, Promise<Strategy | undefined>>} */ #strategies = {};
  /** @type {Promise<Worker> | undefined} */ #worker;
  /** @type {OnProgress} */ onProgress = () => {};
  ready = false; // whether Python runs

  /** @param {URL} url  Of bundle.json.  @param {string} language */
  constructor(url, language) {
    this.url = url;
    this.language = language;
  }

  /** What is known before Python runs: the list of files, the texts, the root of the site. */
  open() {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** The steps that are known before Python runs; without them one waits for it.  @param {string} audience */
  strategy(audience) {
    this.#strategies[audience] ??= this.file("strategies", audience)
      .then((packed) => packed && new Strategy(packed))
      .catch(console.warn);
    return this.#strategies[audience];
  }

  /**
   * What to do next.
   * @param {Entry[]} evidence  @param {string} audience  @returns {Promise<Turn>}
   * @param {Promise<Record<string, number> | void>} [raised]  Causes that are likelier now; Python starts meanwhile.
   */
  async turn(evidence, audience, raised) {
    this.start().catch(() => {}); // heard of below
    return this.ask("turn", JSON.stringify(evidence), audience, JSON.stringify(await raised ?? {}));
  }

  /**
   * What Python says. A worker keeps no answers, so where one fails the same call to another is enough.
   * @param {keyof Wire} name  @param {string[]} args  @returns {Promise<any>}
   */
  ask(name, ...args) {
    return twice(async () => {
      const started = this.start();
      const worker = await started;
      try {
        return await ask(worker, { name, args }, PATIENCE.turn);
      } catch (error) {
        worker.terminate();
        whole ||= isBroken(error);
        if (this.#worker === started) this.#worker = undefined;
        this.ready = false;
        throw error;
      }
    });
  }

  /** Starts Python, unless it runs or is on its way. */
  start() {
    this.#worker ??= this.#list().then((bundle) => twice((cache) => this.#launch(bundle, cache))).catch((error) => {
      this.#worker = undefined; // who asks again begins anew
      throw new LoadError(String(error), true);
    });
    return this.#worker;
  }

  /** @param {Bundle} bundle  @param {RequestCache} cache  @returns {Promise<Worker>} */
  async #launch(bundle, cache) {
    await Promise.all(bundle.worker.map((file) => watched(file, this.url, cache)));
    const worker = new Worker(new URL("./diagnosis-worker.mjs", import.meta.url), { type: "module" });
    kept("starts", 1); // a tab that dies of it does not come to take this back
    try {
      const message = { bundle, url: this.url.href, cache, whole };
      await ask(worker, message, PATIENCE.loading, (progress) => this.onProgress(progress));
      this.ready = true;
      if (bundle.keeps) navigator.serviceWorker?.register(new URL(`${bundle.root}helpdesk-worker.js`, this.url)).catch(console.warn);
      return worker;
    } catch (error) {
      worker.terminate();
      if (whole || !isBroken(error)) throw error;
      whole = true;
      return await this.#launch(bundle, cache);
    } finally {
      kept("starts", 0);
    }
  }

  /** @returns {Promise<Opened>} */
  async #open() {
    const bundle = await this.#list();
    const language = this.language in bundle.texts ? this.language : Object.keys(bundle.texts)[0] ?? "";
    const texts = await this.file("texts", language);
    return { bundle, texts, root: new URL(bundle.root, this.url) };
  }

  #list() {
    const sha256 = this.url.pathname.split("/").at(-2) ?? ""; // the folder is named after what this file says
    this.#bundle ??= json({ name: "bundle.json", sha256 }, this.url);
    return this.#bundle;
  }

  /** A small file, by its kind and name; nothing where there is none.  @param {"codes" | "strategies" | "texts"} kind  @param {string} name */
  async file(kind, name) {
    const file = (await this.#list())[kind][name];
    return file && json(file, this.url);
  }
}

/**
 * One message, and its reports on a channel of their own.
 * @param {Worker} worker  @param {Start | Call} message  @param {number} patience  @param {OnProgress} onProgress
 * @returns {Promise<any>}
 */
async function ask(worker, message, patience, onProgress = () => {}) {
  const { port1, port2 } = new MessageChannel();
  let timer = 0;
  let fetched = false;
  try {
    return await new Promise((resolve, reject) => {
      const wait = (/** @type {number} */ time) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new LoadError("no news from the worker", false, fetched)), time);
      };
      wait(patience);
      worker.onerror = ({ message }) => reject(new LoadError(message));
      port1.onmessage = (/** @type {MessageEvent<Report>} */ { data }) => {
        if ("reply" in data) return resolve(data.reply);
        if ("failed" in data) return reject(new LoadError(data.failed, data.final, data.broken));
        fetched = data.progress.done === data.progress.total;
        wait(fetched ? PATIENCE.starting : patience);
        return onProgress(data.progress);
      };
      worker.postMessage(message, [port2]);
    });
  } finally {
    clearTimeout(timer);
    port1.close();
  }
}

/** A small file as JSON.  @param {Pick<BundleFile, "name" | "sha256">} file  @param {URL} base  @returns {Promise<any>} */
function json(file, base) {
  return twice(async (cache) => JSON.parse(new TextDecoder().decode(await watched(file, base, cache))));
}

/** A small file, as long as there is news of it.  @param {Pick<BundleFile, "name" | "sha256">} file  @param {URL} base  @param {RequestCache} cache */
async function watched(file, base, cache) {
  const stop = new AbortController();
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), PATIENCE.loading);
  };
  wait();
  return fetchChecked(file, base, { cache, signal: stop.signal }, wait).finally(() => clearTimeout(timer));
}

/** One more attempt, past the cache, where the first fails.  @template T  @param {(cache: RequestCache) => Promise<T>} attempt */
async function twice(attempt) {
  try {
    return await attempt("default");
  } catch (error) {
    if (error instanceof LoadError && error.final) throw error;
    return attempt("reload");
  }
}

/** @param {unknown} error */
function isBroken(error) {
  return error instanceof LoadError && error.broken;
}
