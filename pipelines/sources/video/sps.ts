import { brokenVideo } from "./boxes.ts";

/** What a sequence parameter set says of the pictures that follow it. */
export type SpsFormat = {
  readonly width_px: number;
  readonly height_px: number;
  /** 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
  readonly chroma: number;
  readonly luma_bits: number;
  readonly chroma_bits: number;
};

/** Profiles of H.264 whose sets say more about colours and scaling (ITU-T H.264, 7.3.2.1.1). */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const GOLOMB_ZEROS_MAX = 31;
const CYCLE_MAX = 255;

/** Reads an H.264 set (ITU-T H.264, 7.3.2.1.1). @param unit with its NAL header. @throws AppError `VIDEO_BROKEN`. */
export function readAvcSps(unit: Uint8Array): SpsFormat {
  const bits = bitsOf(unit.subarray(1));
  const profile = bits.u(8);
  bits.u(16); // Constraints and level.
  bits.ue();
  let [chroma, luma_bits, chroma_bits] = [1, 8, 8];
  if (HIGH_PROFILES.has(profile)) {
    chroma = bits.ue();
    if (chroma === 3) bits.u(1);
    [luma_bits, chroma_bits] = [8 + bits.ue(), 8 + bits.ue()];
    bits.u(1);
    if (bits.u(1)) for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) skipScaling(bits, list);
  }
  bits.ue();
  skipOrder(bits);
  bits.ue();
  bits.u(1);
  const [columns, rows] = [bits.ue() + 1, bits.ue() + 1];
  const fields = bits.u(1) ? 1 : 2;
  if (fields === 2) bits.u(1);
  bits.u(1);
  const [cut_x, cut_y] = readCut(bits, chroma);
  return {
    ...{ chroma, luma_bits, chroma_bits },
    ...{ width_px: 16 * columns - cut_x, height_px: (16 * rows - cut_y) * fields },
  };
}

/** Pixels that are coded and not shown, across and down; both codecs count them in samples of colour. */
function readCut(bits: Bits, chroma: number): readonly [across: number, down: number] {
  if (!bits.u(1)) return [0, 0];
  const [left, right, top, bottom] = [bits.ue(), bits.ue(), bits.ue(), bits.ue()];
  return [(chroma === 1 || chroma === 2 ? 2 : 1) * (left + right), (chroma === 1 ? 2 : 1) * (top + bottom)];
}

/** How pictures are ordered in time; only its length matters here. */
function skipOrder(bits: Bits): void {
  const kind = bits.ue();
  if (kind === 0) bits.ue();
  if (kind !== 1) return;
  bits.u(1);
  bits.ue();
  bits.ue();
  const cycle = bits.ue();
  if (cycle > CYCLE_MAX) throw brokenVideo("a parameter set without an end");
  for (let at = 0; at < cycle; at++) bits.ue();
}

function skipScaling(bits: Bits, list: number): void {
  if (!bits.u(1)) return;
  let [last, next] = [8, 8];
  for (let at = 0; at < (list < 6 ? 16 : 64); at++) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

export type HevcFormat = SpsFormat & {
  readonly layers: number;
  readonly nested: number;
  /** Profile, compatibility, constraints and level, as they stand in a decoder's configuration too. */
  readonly profile: Uint8Array;
};

const PROFILE_BYTES = 12;

/** Reads an H.265 set (ITU-T H.265, 7.3.2.2). @param unit with its NAL header. @throws AppError `VIDEO_BROKEN`. */
export function readHevcSps(unit: Uint8Array): HevcFormat {
  const bits = bitsOf(unit.subarray(2));
  bits.u(4);
  const layers = bits.u(3) + 1;
  const nested = bits.u(1);
  const profile = Uint8Array.from({ length: PROFILE_BYTES }, () => bits.u(8));
  skipLayers(bits, layers);
  bits.ue();
  const chroma = bits.ue();
  if (chroma === 3) bits.u(1);
  const [width_px, height_px] = [bits.ue(), bits.ue()];
  const [cut_x, cut_y] = readCut(bits, chroma);
  return {
    ...{ chroma, layers, nested, profile },
    ...{ width_px: width_px - cut_x, height_px: height_px - cut_y },
    ...{ luma_bits: 8 + bits.ue(), chroma_bits: 8 + bits.ue() },
  };
}

/** Profiles and levels of the lower layers of time. */
function skipLayers(bits: Bits, layers: number): void {
  const present = Array.from({ length: layers - 1 }, () => [bits.u(1), bits.u(1)] as const);
  if (layers > 1) for (let at = layers - 1; at < 8; at++) bits.u(2);
  for (const [has_profile, has_level] of present) {
    if (has_profile) for (let at = 0; at < 11; at++) bits.u(8);
    if (has_level) bits.u(8);
  }
}

type Bits = { u(count: number): number; ue(): number; se(): number };

/** Reads bit by bit, over the bytes that only keep the payload from looking like a start code. */
function bitsOf(payload: Uint8Array): Bits {
  const bytes = payload.filter((byte, at) => !(byte === 3 && payload[at - 1] === 0 && payload[at - 2] === 0));
  let position = 0;
  const bit = (): number => {
    const byte = bytes[position >> 3];
    if (byte === undefined) throw brokenVideo("a parameter set that ends too soon");
    return (byte >> (7 - (position++ & 7))) & 1;
  };
  const u = (count: number): number => {
    let value = 0;
    for (let at = 0; at < count; at++) value = value * 2 + bit();
    return value;
  };
  const ue = (): number => {
    let zeros = 0;
    while (bit() === 0)
      if (++zeros > GOLOMB_ZEROS_MAX) throw brokenVideo("a parameter set that counts too far");
    return 2 ** zeros - 1 + u(zeros);
  };
  const se = (): number => {
    const code = ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  };
  return { u, ue, se };
}
