/** What was made of a recording, and what is to be known of it, as one file: length of the JSON, the JSON, the bytes. */
export function packDerived(facts: object, data: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(facts));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  return Buffer.concat([length, json, data]);
}

/** Undefined for what is none; the facts are as they were written, to be checked. */
export function unpackDerived(
  packed: Uint8Array,
): { readonly facts: unknown; readonly data: Uint8Array } | undefined {
  if (packed.length < 4) return undefined;
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  try {
    const facts: unknown = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
    return { facts, data: packed.subarray(4 + length) };
  } catch {
    return undefined;
  }
}
