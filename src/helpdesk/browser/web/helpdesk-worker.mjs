/**
 * Keeps the site for the next visit and for no network: each version whole, or not at all.
 *
 * Nothing is kept but files of one version of the site, each checked by its hash. What is kept is
 * answered from there. A new version is gathered beside it, and takes over once no page of the old
 * one is open. Served as a classic script that begins with KEPT; where that is null, nothing is to
 * be kept any more: all of it goes, and this too.
 */

/** @import {Hashes} from "./types" */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const { scope } = worker.registration;
const PREFIX = `helpdesk ${scope} `; // other sites may be on the same host
const NAME = PREFIX + KEPT?.version;
const WHOLE = `${scope}?whole`; // stands among what is kept where the reader wants all of it
const ANY = { ignoreVary: true };
const LANES = [1, 2, 3, 4]; // loads at a time; the reader may be loading something too

/** @type {Promise<Hashes> | undefined} */ let listed;

worker.addEventListener("install", (event) => event.waitUntil(KEPT ? gather() : worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => event.waitUntil(reply(event)));
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (KEPT && method === "GET" && url.startsWith(scope)) event.respondWith(answer(event));
});

/** Takes what the wizard needs, the pages that are open, and anew what an older version had. */
async function gather() {
  const cache = await caches.open(NAME);
  const wanted = new Set(KEPT?.core.map((path) => scope + path));
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const { url } of windows) wanted.add(bare(url));
  for (const name of await others()) {
    for (const { url } of await (await caches.open(name)).keys()) wanted.add(url);
  }
  if (wanted.has(WHOLE)) await takeAll(cache);
  await each([...wanted], (url) => take(cache, url));
}

async function takeOver() {
  for (const name of await others()) await caches.delete(name);
  await (KEPT ? worker.clients.claim() : worker.registration.unregister());
}

/** A page asks on a port how much is kept; "keep" has the whole site kept, and says so file by file.  @param {ExtendableMessageEvent} event */
async function reply({ data, ports: [port] }) {
  if (!KEPT) return;
  const cache = await caches.open(NAME);
  const total = Object.keys(await hashes(cache)).length;
  let done = 0;
  try {
    if (data === "keep") await takeAll(cache, () => port?.postMessage({ done: (done += 1), total }));
    port?.postMessage({ done: (await cache.match(WHOLE)) ? total : 0, total, size: KEPT.size });
  } catch (error) {
    port?.postMessage({ failed: String(error) });
  }
}

/** @param {FetchEvent} event */
async function answer(event) {
  const { request } = event;
  const opens = request.mode === "navigate";
  const url = opens ? bare(request.url) : request.url;
  const cache = await caches.open(NAME);
  // What the theme's script reads on every page; the search worker needs what is beside it.
  if (url.endsWith("/search_index.json")) event.waitUntil(take(cache, new URL("full_index.json", url).href).catch(() => {}));
  const kept = await cache.match(url, ANY);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (response.status === 200 && !response.redirected) event.waitUntil(keep(cache, url, response.clone()));
    return response;
  } catch (error) {
    const page = opens && KEPT?.offline.find((path) => url.startsWith(scope + path.replace(/offline.*/, "")));
    if (!page || url === scope + page) throw error; // browsers may have dropped it
    return Response.redirect(scope + page);
  }
}

/** What a page has loaded, if this version of the site has just that there.  @param {Cache} cache  @param {string} url  @param {Response} response */
async function keep(cache, url, response) {
  const hash = (await hashes(cache))[url.slice(scope.length)];
  if (hash && (await hashOf(response.clone())) === hash) await cache.put(url, response);
}

/** Of every file of this version, by its path.  @param {Cache} cache */
function hashes(cache) {
  listed ??= list(cache);
  listed.catch(() => (listed = undefined));
  return listed;
}

/** @param {Cache} cache  @returns {Promise<Hashes>} */
async function list(cache) {
  const { path, hash } = /** @type {Kept} */ (KEPT).list;
  return (await found(cache, scope + path, hash)).json();
}

/** @param {Cache} cache  @param {() => void} [onFile] */
async function takeAll(cache, onFile) {
  await each(Object.keys(await hashes(cache)), (path) => take(cache, scope + path).then(onFile));
  await cache.put(WHOLE, new Response());
}

/** Has a file of this version kept, and of a page all that it is made of.  @param {Cache} cache  @param {string} url */
async function take(cache, url) {
  const hash = (await hashes(cache))[url.slice(scope.length)];
  if (!hash) return;
  const file = await found(cache, url, hash);
  if (!isPage(url)) return;
  const parts = (await file.text()).matchAll(/"([\w.%/-]+\.\w+)"/g);
  for (const part of new Set(Array.from(parts, ([, path = ""]) => new URL(path, url).href))) {
    if (!isPage(part)) await take(cache, part);
  }
}

/** A file that is kept from now on: as it was kept before, or loaded, past what is outdated.  @param {Cache} cache  @param {string} url  @param {string} hash */
async function found(cache, url, hash) {
  const kept = await cache.match(url, ANY);
  if (kept) return kept;
  const before = await caches.match(url, ANY); // of an older version; most files are the same
  const checked = { integrity: `sha256-${hash}`, redirect: /** @type {const} */ ("error") };
  const file = before && (await hashOf(before.clone())) === hash ? before
    : await fetch(url, checked).catch(() => fetch(url, { ...checked, cache: "reload" }));
  await cache.put(url, file.clone());
  return file;
}

/** @template T  @param {T[]} items  @param {(item: T) => Promise<unknown>} work */
async function each(items, work) {
  const left = items.values();
  await Promise.all(LANES.map(async () => {
    for (const item of left) await work(item);
  }));
}

/** The caches of this site's other versions. */
async function others() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
}

/** @param {Response} response */
async function hashOf(response) {
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** @param {string} url */
function bare(url) {
  return url.replace(/[?#].*/, "");
}

/** @param {string} url */
function isPage(url) {
  return /(\/|\.html)$/.test(url);
}
