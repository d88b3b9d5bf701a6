/** Fetching that trusts nothing: the bytes are those of the manifest, or there is an error. */

/** @import {BundleFile, OnBytes} from "./types" */

/** What was loaded is not what was asked for, or did not come. */
export class LoadError extends Error {
  /** @param {string} message  @param {boolean} [final]  Trying again cannot help. */
  constructor(message, final = false) {
    super(message);
    this.final = final;
  }
}

/**
 * The bytes of `url`. `onBytes` hears of each chunk as it comes.
 *
 * @param {URL} url
 * @param {RequestInit} options
 * @param {OnBytes} onBytes
 */
export async function fetchBytes(url, options, onBytes) {
  const response = await fetch(url, options);
  // A redirect is how the network of a hotel answers with its own page.
  if (response.status !== 200 || response.redirected || !response.body) {
    throw new LoadError(`${url.pathname}: answer ${response.status}`);
  }
  const chunks = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    onBytes(part.value.length);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * The bytes of a file, checked by length and SHA-256.
 *
 * @param {BundleFile} file
 * @param {URL} base
 * @param {RequestInit} options
 * @param {OnBytes} onBytes
 */
export async function fetchChecked(file, base, options, onBytes) {
  // Without a secure context there is no crypto.subtle; the browser's own check stands in.
  const subtle = globalThis.crypto?.subtle;
  const check = subtle ? options : { ...options, integrity: integrity(file.sha256) };
  const bytes = await fetchBytes(new URL(file.name, base), check, onBytes);
  const digest = await subtle?.digest("SHA-256", bytes);
  if (bytes.length !== file.bytes || (digest && hex(digest) !== file.sha256)) {
    throw new LoadError(`${file.name}: not the bytes that were published`);
  }
  return bytes;
}

/** @param {ArrayBuffer} digest */
function hex(digest) {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} sha256 */
function integrity(sha256) {
  const bytes = (sha256.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
