import { AppError } from "@yardline/domain/errors";
import { boxesIn, contentOf, type Mp4Box, viewOf } from "./boxes.ts";
import { type Init, readInit } from "./fragments.ts";
import { PIXELS_MAX } from "./jpeg-size.ts";
import type { ParameterSets } from "./parameter-sets.ts";
import { type HevcFormat, readAvcSps, readHevcSps, type SpsFormat } from "./sps.ts";

/** A sample entry's own fields before its boxes: 8 of the entry, 70 of the picture (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_FIELDS_BYTES = 78;
/** Where a sample entry's content has width and height, 16 bits each. */
const ENTRY_SIZE_AT = 24;
const UNIT_BYTES_MAX = 0xffff;

/**
 * The init that pictures need from the key frame on which these parameter sets came with: the connection's own one, the decoder's
 * configuration and the size replaced. Undefined where the sets are not whole or make no sense; the connection must begin anew then.
 */
export function initWith(init: Init, sets: ParameterSets): Init | undefined {
  const units = [...sets.vps, ...sets.sps, ...sets.pps];
  const [sps] = sets.sps;
  const isHevc = init.codec === "hvc1" || init.codec === "hev1";
  const whole = sets.pps.length > 0 && (sets.vps.length > 0 || !isHevc);
  if (!sps || sps.length < 4 || !whole || units.some(({ length }) => length > UNIT_BYTES_MAX))
    return undefined;
  try {
    const { format, config } = isHevc ? hevcOf(sps, init.codec, sets) : avcOf(sps, sets);
    const pixels = format.width_px * format.height_px;
    if (format.width_px <= 0 || format.height_px <= 0 || pixels > PIXELS_MAX) return undefined;
    return readInit(rewritten(init.data, format, config));
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === "VIDEO_BROKEN") return undefined;
    throw thrown;
  }
}

type Described = { readonly format: SpsFormat; readonly config: Uint8Array };

function avcOf(sps: Uint8Array, sets: ParameterSets): Described {
  const format = readAvcSps(sps);
  return { format, config: avcConfig(sps[1] ?? 0, format, sets) };
}

function hevcOf(sps: Uint8Array, codec: string, sets: ParameterSets): Described {
  const format = readHevcSps(sps);
  return { format, config: hevcConfig(codec, format, sets) };
}

/** Boxes on the way to the sample entry, and the bytes that stand in each before its first box. */
const CONTAINERS: Readonly<Record<string, number>> = { moov: 0, trak: 0, mdia: 0, minf: 0, stbl: 0, stsd: 8 };

function rewritten(data: Uint8Array, format: SpsFormat, config: Uint8Array): Uint8Array {
  return Buffer.concat(boxesIn(data).map((box) => rewrittenBox(box, format, config)));
}

function rewrittenBox(box: Mp4Box, format: SpsFormat, config: Uint8Array): Uint8Array {
  const content = contentOf(box);
  const fields = CONTAINERS[box.type];
  if (fields !== undefined) {
    return boxOf(box.type, [
      content.subarray(0, fields),
      rewritten(content.subarray(fields), format, config),
    ]);
  }
  if (box.type === "tkhd") {
    const copy = Uint8Array.from(content);
    const view = viewOf(copy);
    view.setUint32(copy.length - 8, format.width_px * 0x10000);
    view.setUint32(copy.length - 4, format.height_px * 0x10000);
    return boxOf(box.type, [copy]);
  }
  if (!/^(avc|hvc|hev)[13]$/.test(box.type)) return box.data;
  const entry = Uint8Array.from(content.subarray(0, ENTRY_FIELDS_BYTES));
  viewOf(entry).setUint16(ENTRY_SIZE_AT, format.width_px);
  viewOf(entry).setUint16(ENTRY_SIZE_AT + 2, format.height_px);
  // The boxes beside the configuration told of the pictures before; the sets tell of these.
  return boxOf(box.type, [entry, config]);
}

/** `AVCDecoderConfigurationRecord`, ISO/IEC 14496-15, 5.3.3.1.2. */
function avcConfig(profile: number, format: SpsFormat, { sps, pps }: ParameterSets): Uint8Array {
  const [first = new Uint8Array()] = sps;
  const { chroma, luma_bits, chroma_bits } = format;
  const high = profile === 100 || profile === 110 || profile === 122 || profile === 144;
  return boxOf("avcC", [
    Uint8Array.of(1, first[1] ?? 0, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | sps.length),
    ...sps.flatMap(counted),
    Uint8Array.of(pps.length),
    ...pps.flatMap(counted),
    ...(high ? [Uint8Array.of(0xfc | chroma, 0xf8 | (luma_bits - 8), 0xf8 | (chroma_bits - 8), 0)] : []),
  ]);
}

/** `HEVCDecoderConfigurationRecord`, ISO/IEC 14496-15, 8.3.3.1.2. */
function hevcConfig(codec: string, format: HevcFormat, { vps, sps, pps }: ParameterSets): Uint8Array {
  const { profile, chroma, luma_bits, chroma_bits, layers, nested } = format;
  // Only `hev1` may have further sets in the pictures.
  const complete = codec === "hvc1" ? 0x80 : 0;
  const arrays = [
    [32, vps],
    [33, sps],
    [34, pps],
  ] as const;
  return boxOf("hvcC", [
    Uint8Array.of(
      1,
      ...profile,
      0xf0,
      0,
      0xfc,
      0xfc | chroma,
      0xf8 | (luma_bits - 8),
      0xf8 | (chroma_bits - 8),
    ),
    Uint8Array.of(0, 0, (layers << 3) | (nested << 2) | 3, arrays.length),
    ...arrays.flatMap(([type, units]) => [
      Uint8Array.of(complete | type, units.length >> 8, units.length),
      ...units.flatMap(counted),
    ]),
  ]);
}

function counted(unit: Uint8Array): Uint8Array[] {
  return [Uint8Array.of(unit.length >> 8, unit.length & 0xff), unit];
}

function boxOf(type: string, contents: readonly Uint8Array[]): Uint8Array {
  const head = new Uint8Array(8);
  viewOf(head).setUint32(
    0,
    contents.reduce((sum, { length }) => sum + length, 8),
  );
  head.set(Buffer.from(type, "latin1"), 4);
  return Buffer.concat([head, ...contents]);
}
