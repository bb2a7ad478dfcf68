/**
 * How a bundle is spelled: one spelling only, so that no byte of it is free. It is a ZIP of stored (uncompressed) entries, whose end is
 * an in-toto statement in a DSSE envelope. Like `verify-bundle.ts` this runs as it stands in Node and, as text, in a browser: nothing here
 * may use what only one of the two has, and it imports nothing.
 * @see https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.9.TXT
 */

/** A file of any size, read a stretch at a time. */
export type Bytes = { readonly size: number; read(from: number, to: number): Promise<Uint8Array> };

/** One file of the container. `crc` is the CRC-32 that ZIP wants of its bytes. */
export type ZipEntry = { readonly name: string; readonly size: number; readonly crc: number };

/** Bytes before an entry's own. Time and date are fixed, so that the same bundle is the same bytes. */
export function zipLocalHeader({ name, size, crc }: ZipEntry): Uint8Array {
  const text = new TextEncoder().encode(name);
  const head = new Uint8Array(30 + text.length);
  const view = new DataView(head.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(4, 20, true); // Version 2.0 reads it.
  view.setUint16(6, 0x0800, true); // Names are UTF-8.
  view.setUint16(12, 0x0021, true); // 1980-01-01, the earliest there is.
  view.setUint32(14, crc, true);
  view.setUint32(18, size, true);
  view.setUint32(22, size, true);
  view.setUint16(26, text.length, true);
  head.set(text, 30);
  return head;
}

/** Everything after the last entry: the directory and its end. */
export function zipDirectory(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = zipLocalHeader(entry);
    const part = new Uint8Array(46 + local.length - 30);
    const view = new DataView(part.buffer);
    view.setUint32(0, 0x02014b50, true);
    view.setUint16(4, 20, true);
    part.set(local.subarray(4, 30), 6);
    view.setUint32(42, offset, true);
    part.set(local.subarray(30), 46);
    parts.push(part);
    offset += local.length + entry.size;
  }
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  return joined([...parts, end]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export async function sha256Hex(data: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(data)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** CRC-32 as ZIP wants it. Not what anybody relies on: the digests are. */
export function crc32(data: Uint8Array): number {
  const table = new Uint32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    table[n] = c;
  }
  let crc = 0xffffffff;
  for (let at = 0; at < data.length; at++) {
    crc = (table[(crc ^ (data[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function base64Of(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 8_192) {
    text += String.fromCharCode(...data.subarray(at, at + 8_192));
  }
  return btoa(text);
}

/** Undefined for what is no base64, or another spelling of the same bytes. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return base64Of(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** What is signed: type and payload with their lengths. @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
export function preAuthEncoding(payload_type: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const type = new TextEncoder().encode(payload_type);
  const head = new TextEncoder().encode(`DSSEv1 ${type.length} ${payload_type} ${payload.length} `);
  return new Uint8Array(joined([head, payload]));
}

/** The one spelling of an envelope with one signature. */
export function envelopeText(
  payload_type: string,
  payload: Uint8Array,
  keyid: string,
  sig: Uint8Array,
): string {
  const signatures = [{ keyid, sig: base64Of(sig) }];
  return `${JSON.stringify({ payloadType: payload_type, payload: base64Of(payload), signatures })}\n`;
}

/** What ends every bundle: the statement for people to read, and the same in its signed envelope. Everything before is signed by digest. */
export function signingFiles(): readonly [statement: string, envelope: string] {
  return ["statement.json", "statement.dsse.json"];
}
