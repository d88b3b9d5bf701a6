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
 * The bytes of `url`.
 * @param {URL} url  @param {RequestInit} options  @param {OnBytes} onBytes  Hears of each chunk.  @param {OnResponse} onResponse
 */
export async function fetchBytes(url, options, onBytes = () => {}, onResponse = () => {}) {
  const response = await fetch(url, options);
  // A redirect is how the network of a hotel answers with its own page.
  if (response.status !== 200 || response.redirected || !response.body) {
    throw new LoadError(`${url.pathname}: answer ${response.status}`);
  }
  onResponse(response);
  const chunks = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    onBytes(part.value.length);
  }
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const chunk of chunks) bytes.set(chunk, (end += chunk.length) - chunk.length);
  return bytes;
}

/**
 * The bytes of a file, checked by length and SHA-256.
 * @param {BundleFile} file  @param {URL} base  @param {RequestInit} options  @param {OnBytes} [onBytes]  @param {OnResponse} [onResponse]
 */
export async function fetchChecked(file, base, options, onBytes, onResponse) {
  const integrity = base64((file.sha256.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
  // Without a secure context there is no crypto.subtle; the browser's own check stands in.
  const subtle = globalThis.crypto?.subtle;
  const checked = subtle ? options : { ...options, integrity };
  const bytes = await fetchBytes(new URL(file.name, base), checked, onBytes, onResponse);
  const digest = await subtle?.digest("SHA-256", bytes);
  if (bytes.length !== file.bytes || (digest && base64(new Uint8Array(digest)) !== integrity)) {
    throw new LoadError(`${file.name}: not the bytes that were published`);
  }
  return bytes;
}

/** A SHA-256 as browsers write it.  @param {Iterable<number>} bytes */
function base64(bytes) {
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
