import { boxesIn, contentOf, viewOf } from "./boxes.ts";
import type { Packet } from "./fragments.ts";

/** NAL unit types of sequence parameter sets: size, profile and pixel format of what follows. */
const SPS = {
  avc1: (first: number) => (first & 0x1f) === 7,
  avc3: (first: number) => (first & 0x1f) === 7,
  hvc1: (first: number) => ((first >> 1) & 0x3f) === 33,
  hev1: (first: number) => ((first >> 1) & 0x3f) === 33,
} as const;
/** Length before each NAL unit, as ffmpeg always writes it. */
const LENGTH_BYTES = 4;
/** Parameter sets stand before the picture's slices. */
const UNITS_MAX = 16;

/**
 * The sequence parameter sets that a key frame carries with it (ITU-T H.264 and H.265, annex B told apart by length), as
 * text to compare. Undefined where it carries none, or the codec is another.
 */
export function parameterSetsOf(fragment: Uint8Array, codec: string): string | undefined {
  const isSps = Object.entries(SPS).find(([name]) => name === codec)?.[1];
  const mdat = boxesIn(fragment).find(({ type }) => type === "mdat");
  if (!isSps || !mdat) return undefined;
  const content = contentOf(mdat);
  const view = viewOf(content);
  const sets: string[] = [];
  for (let at = 0, units = 0; at + LENGTH_BYTES < content.length && units < UNITS_MAX; units++) {
    const length = view.getUint32(at);
    const unit = content.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
    if (unit[0] !== undefined && isSps(unit[0])) sets.push(Buffer.from(unit).toString("base64"));
    at += LENGTH_BYTES + length;
  }
  return sets.length > 0 ? sets.join() : undefined;
}

/** @returns whether a packet announces another size or format than the first key frame did. */
export function createParameterWatch(): (packet: Packet, codec: string) => boolean {
  let first: string | undefined;
  return ({ key, data }, codec) => {
    const sets = key ? parameterSetsOf(data, codec) : undefined;
    const changed = first !== undefined && sets !== undefined && sets !== first;
    first ??= sets;
    return changed;
  };
}
