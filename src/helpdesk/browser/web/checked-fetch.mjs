/** Fetching that trusts nothing: the bytes are those of the manifest, or there is an error. */

/** @import {BundleFile, OnBytes, OnResponse} from "./types" */

/** What was loaded is not what was asked for, or did not come. */
export class LoadError extends Error {
  /** @param {string} message  @param {boolean} [final]  Trying again cannot help.  @param {boolean} [broken]  Python is to blame. */
  constructor(message, final = false, broken = false) {
    super(message);
    this.final = final;
    this.broken = broken;
  }
}

/**
 * The bytes of a file, checked by SHA-256.
 * @param {Pick<BundleFile, "name" | "sha256">} file  @param {URL} base  @param {RequestInit} options
 * @param {OnBytes} [onBytes]  Hears of each chunk.  @param {OnResponse} [onResponse]
 */
export async function fetchChecked({ name, sha256 }, base, options, onBytes, onResponse) {
  const hash = (sha256.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  // Without a secure context there is no crypto.subtle; the browser's own check stands in, for a whole hash.
  const subtle = globalThis.crypto?.subtle;
  const integrity = subtle || hash.length < 32 ? "" : `sha256-${btoa(String.fromCharCode(...hash))}`;
  const response = await fetch(new URL(name, base), { ...options, integrity });
  // A redirect is how the network of a hotel answers with its own page.
  if (response.status !== 200 || response.redirected || !response.body) {
    throw new LoadError(`${name}: ${response.status}`);
  }
  onResponse?.(response);
  const chunks = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    size += part.value.length;
    onBytes?.(part.value.length);
  }
  const bytes = new Uint8Array(size);
  for (const chunk of chunks.reverse()) bytes.set(chunk, size -= chunk.length);
  const digest = subtle && new Uint8Array(await subtle.digest("SHA-256", bytes));
  if (digest && hash.some((byte, at) => byte !== digest[at])) throw new LoadError(`${name}: not as published`);
  return bytes;
}
