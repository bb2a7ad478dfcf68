import { boxesIn, contentOf, viewOf } from "./boxes.ts";
import type { Packet } from "./fragments.ts";

/** What each codec calls its parameter sets, by NAL unit type (ITU-T H.264, table 7-1; H.265, table 7-1). */
const AVC = { typeOf: (first: number) => first & 0x1f, kinds: { 7: "sps", 8: "pps" } } as const;
const HEVC = {
  typeOf: (first: number) => (first >> 1) & 0x3f,
  kinds: { 32: "vps", 33: "sps", 34: "pps" },
} as const;
const CODECS = { avc1: AVC, avc3: AVC, hvc1: HEVC, hev1: HEVC } as const;
/** Length before each NAL unit, as ffmpeg always writes it. */
const LENGTH_BYTES = 4;
/** Parameter sets stand before the picture's slices. */
const UNITS_MAX = 16;

/** Parameter sets as NAL units with their headers. `sps` holds size, profile and pixel format of what follows. */
export type ParameterSets = Readonly<Record<"vps" | "sps" | "pps", readonly Uint8Array[]>>;

/** Those that a key frame carries with it; undefined where it carries no `sps`, or the codec is another. */
export function parameterSetsOf(fragment: Uint8Array, codec: string): ParameterSets | undefined {
  const own = Object.entries(CODECS).find(([name]) => name === codec)?.[1];
  const mdat = boxesIn(fragment).find(({ type }) => type === "mdat");
  if (!own || !mdat) return undefined;
  const content = contentOf(mdat);
  const view = viewOf(content);
  const sets: Record<keyof ParameterSets, Uint8Array[]> = { vps: [], sps: [], pps: [] };
  for (let at = 0, units = 0; at + LENGTH_BYTES < content.length && units < UNITS_MAX; units++) {
    const length = view.getUint32(at);
    const unit = content.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
    const type = own.typeOf(unit[0] ?? 0);
    const kind = Object.entries(own.kinds).find(([number]) => Number(number) === type)?.[1];
    if (kind) sets[kind].push(unit);
    at += LENGTH_BYTES + length;
  }
  return sets.sps.length > 0 ? sets : undefined;
}

/** @returns the sets of a packet that announces another size or format than the key frames before it did. */
export function createParameterWatch(): (packet: Packet, codec: string) => ParameterSets | undefined {
  let known: string | undefined;
  return ({ key, data }, codec) => {
    const sets = key ? parameterSetsOf(data, codec) : undefined;
    if (!sets) return undefined;
    const text = sets.sps.map((unit) => Buffer.from(unit).toString("base64")).join();
    const changed = known !== undefined && text !== known;
    known = text;
    return changed ? sets : undefined;
  };
}
