import type { BusRecord } from "./event-bus.ts";

/** Records on their way between threads: one block of bytes is copied at once, many small ones are not. */
export type Packed = {
  readonly keys: readonly string[];
  readonly sources: readonly string[];
  readonly lengths: readonly number[];
  /** All bodies, one after another. */
  readonly bodies: Uint8Array;
};

export function pack(records: readonly BusRecord[]): Packed {
  const lengths = records.map(({ body }) => body.byteLength);
  const bodies = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { body } of records) {
    bodies.set(body, at);
    at += body.byteLength;
  }
  return {
    keys: records.map(({ key }) => key),
    sources: records.map(({ source }) => source),
    lengths,
    bodies,
  };
}

/** The records again, their bodies being views of the one block. */
export function unpack({ keys, sources, lengths, bodies }: Packed): BusRecord[] {
  let at = 0;
  return keys.map((key, index) => {
    const from = at;
    at += lengths[index] ?? 0;
    return { key, source: sources[index] ?? "", body: bodies.subarray(from, at) };
  });
}
