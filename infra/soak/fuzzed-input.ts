import type { LatLon } from "@yardline/domain/geo";
import type { Random } from "../bench/town-events.ts";

/** Longer than two frames of most protocols. */
const INPUT_BYTES_MAX = 4096;
const RANDOM_BYTES_MAX = 300;
const CHANGES_MAX = 8;
const PIECE_BYTES_MAX = 700;
/** Numbers that lengths and counts break at. */
const EDGES = [0, 1, 0x7f, 0x80, 0xfe, 0xff] as const;

/** What one input was made of, and what came of it. */
export type Fuzzed = { readonly bytes: number; readonly messages: number; readonly fixes: number };

/** Makes one input of a seed and gives it to a decoder: throws what the decoder throws that it may not. */
export type Decoder = { readonly name: string; readonly fuzz: (seed: number) => Fuzzed };

export function checkPlace({ latitude, longitude }: LatLon): void {
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return;
  throw new Error(`A place is none on earth: ${latitude}, ${longitude}.`);
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** Out of good messages, changed here and there, or out of nothing. */
export function makeInput(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  if (random() < 0.1) return bytesOf(below(random, RANDOM_BYTES_MAX), random);
  // The first of them names the device, and some protocols read nothing before it.
  const parts = corpus.flatMap((message, at) => (at === 0 || random() < 0.8 ? [message] : []));
  let input: Uint8Array = Buffer.concat([...parts, ...parts.slice(below(random, parts.length + 1))]);
  for (let change = below(random, CHANGES_MAX); change > 0; change--) input = changed(input, random);
  return input.subarray(0, INPUT_BYTES_MAX);
}

function bytesOf(length: number, random: Random): Uint8Array {
  return Uint8Array.from({ length }, () => below(random, 256));
}

/** Bits, edge numbers, halves that are gone, that are there twice, or that are something else. */
function changed(input: Uint8Array, random: Random): Uint8Array {
  const bytes = Buffer.from(input);
  const [at, length] = [below(random, bytes.length + 1), below(random, 40)];
  const [head, rest] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (below(random, 6)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
      return bytes;
    case 1:
      if (at < bytes.length) bytes[at] = EDGES[below(random, EDGES.length)] ?? 0;
      return bytes;
    case 2:
      return Buffer.concat([head, rest.subarray(length)]);
    case 3:
      return Buffer.concat([head, rest.subarray(0, length), rest]);
    case 4:
      return Buffer.concat([head, bytesOf(length, random), rest]);
    default:
      return head;
  }
}

export function piecesOf(input: Uint8Array, random: Random): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < input.length; ) {
    const size = 1 + below(random, PIECE_BYTES_MAX);
    pieces.push(input.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
