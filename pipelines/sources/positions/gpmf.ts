import type { EpochMs } from "@yardline/domain/time";
import type { Fix, TrackerProblem } from "../trackers/protocol.ts";
import { findFix, findUtc_ms } from "../trackers/reported-fix.ts";
import { definePositionFormat, type PositionData, type TimedFix } from "./position-format.ts";

const HEAD_BYTES = 8;
/** A camera writes its samples a second at a time (1.001 s at 29.97 pictures a second). */
const PAYLOAD_MS = 1001;
/** GPS of a payload comes at 10 or 18 Hz; more than this in one is a lie. */
const SAMPLES_MAX = 400;
const MPS_IN_KMH = 3.6;
const DAY_MS = 24 * 3_600_000;
const DAY_ZERO_MS = Date.UTC(2000, 0, 1);

/**
 * GoPro's own metadata (GPMF), in MP4 as a track `gpmd`: keys, lengths and values, big-endian, padded to four bytes. A payload is one
 * `DEVC` with a `STRM` for each sensor; read are `GPS5` (Hero 5 to 10, Max) and `GPS9` (Hero 11 and later).
 * @see https://github.com/gopro/gpmf-parser
 */
export const gpmf = definePositionFormat({
  name: "gpmf",
  title: "GoPro GPMF (gpmd)",
  recognise: (packet) => Buffer.from(packet.subarray(0, 4)).toString("latin1") === "DEVC",
  openSession() {
    // The last payload of a recording is a short one: its samples are as far apart as those before.
    let step_ms = PAYLOAD_MS;
    const stepOf = (count: number) => {
      step_ms = Math.min(step_ms, PAYLOAD_MS / count);
      return step_ms;
    };
    return { take: (packet) => readPayload(packet, stepOf) };
  },
});

type Item = {
  readonly key: string;
  /** A letter; zero bytes for what holds other items. */
  readonly type: string;
  readonly size: number;
  readonly count: number;
  readonly data: Uint8Array;
};

/** How far apart so many samples of a payload are. */
type StepOf = (count: number) => number;

function readPayload(packet: Uint8Array, stepOf: StepOf): PositionData {
  const top = itemsIn(packet);
  const fixes: TimedFix[] = [];
  let whole = top.whole;
  for (const device of top.items.filter(({ key }) => key === "DEVC")) {
    const streams = itemsIn(device.data);
    whole &&= streams.whole;
    for (const stream of streams.items.filter(({ key }) => key === "STRM")) {
      const values = itemsIn(stream.data);
      whole &&= values.whole;
      fixes.push(...readStream(new Map(values.items.map((item) => [item.key, item])), stepOf));
    }
  }
  const problems: TrackerProblem[] = whole
    ? []
    : [{ code: "structure", text: "A length points beyond the end of its payload." }];
  return { fixes, problems };
}

/** Items one after another; what a wrong length leads beyond the end is left out. */
function itemsIn(bytes: Uint8Array): { readonly items: readonly Item[]; readonly whole: boolean } {
  const items: Item[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = Buffer.from(bytes.subarray(at, at + HEAD_BYTES));
    if (head.length < HEAD_BYTES) return { items, whole: false };
    const [size, count] = [head.readUInt8(5), head.readUInt16BE(6)];
    const begin = at + HEAD_BYTES;
    const end = begin + size * count;
    if (end > bytes.length) return { items, whole: false };
    const [key, type] = [head.toString("latin1", 0, 4), head.toString("latin1", 4, 5)];
    items.push({ key, type, size, count, data: bytes.subarray(begin, end) });
    at = begin + Math.ceil((size * count) / 4) * 4;
  }
  return { items, whole: true };
}

type Stream = ReadonlyMap<string, Item>;

function readStream(stream: Stream, stepOf: StepOf): readonly TimedFix[] {
  const scales = numbersOf(stream.get("SCAL"));
  const nine = stream.get("GPS9");
  if (nine) return samplesOf(nine, { types: nineOf(stream.get("TYPE")), scales, stepOf, read: readNine });
  const five = stream.get("GPS5");
  if (!five) return [];
  const [locked] = numbersOf(stream.get("GPSF"));
  const begins_ms = utcOf(stream.get("GPSU"));
  const valid = locked === undefined ? undefined : locked >= 2;
  const read: ReadSample = (values, after_ms) =>
    fixOf(values, begins_ms === undefined ? undefined : Math.round(begins_ms + after_ms), valid);
  return samplesOf(five, { types: "lllll", scales, stepOf, read });
}

/** How the fields of one `GPS9` sample are written. */
function nineOf(type: Item | undefined): string {
  const letters = Buffer.from(type?.data ?? []).toString("latin1");
  return /^[lsS]{9}$/.test(letters) ? letters : "lllllllSS";
}

type ReadSample = (values: readonly number[], after_ms: number) => Fix | undefined;
type Reading = {
  /** A letter a field. */
  readonly types: string;
  readonly scales: readonly number[];
  readonly stepOf: StepOf;
  readonly read: ReadSample;
};

function samplesOf(
  { data, size, count }: Item,
  { types, scales, stepOf, read }: Reading,
): readonly TimedFix[] {
  const widths = [...types].map((type) => WIDTHS[type] ?? 0);
  const sample_bytes = widths.reduce((sum, width) => sum + width, 0);
  if (size !== sample_bytes || count === 0 || count > SAMPLES_MAX) return [];
  const step_ms = stepOf(count);
  const bytes = Buffer.from(data);
  return Array.from({ length: count }, (_, sample) => {
    let at = sample * size;
    const values = widths.map((width, field) => {
      const raw = types[field] === "S" ? bytes.readUInt16BE(at) : bytes.readIntBE(at, width);
      at += width;
      return raw / (scales[field] ?? scales[0] ?? 1);
    });
    const after_ms = sample * step_ms;
    const fix = read(values, after_ms);
    return fix ? [{ fix, after_ms: Math.round(after_ms) }] : [];
  }).flat();
}

/** Latitude, longitude, height, speed over ground and in space in m/s. */
function fixOf(values: readonly number[], at_ms: EpochMs | undefined, valid: boolean | undefined) {
  const [latitude = Number.NaN, longitude = Number.NaN, , speed_mps = Number.NaN] = values;
  return findFix({
    latitude,
    longitude,
    at_ms,
    speed_kmh: speed_mps * MPS_IN_KMH,
    valid,
    buffered: false,
  });
}

/** As above, then days since 2000, seconds since midnight, dilution of precision, kind of fix (0, 2, 3). */
function readNine(values: readonly number[]): Fix | undefined {
  const [days = Number.NaN, seconds = Number.NaN, , kind = 0] = values.slice(5);
  const at_ms = DAY_ZERO_MS + days * DAY_MS + Math.round(seconds * 1000);
  return fixOf(values, Number.isSafeInteger(at_ms) ? at_ms : undefined, kind >= 2);
}

/** `yymmddhhmmss.sss`, UTC. */
function utcOf(item: Item | undefined): EpochMs | undefined {
  const text = Buffer.from(item?.data ?? []).toString("latin1");
  const [, date = "", clock = "", seconds] = /^(\d{6})(\d{4})(\d\d\.\d{3})$/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = date.match(/\d\d/g)?.map(Number) ?? [];
  const [hours = 0, minutes = 0] = clock.match(/\d\d/g)?.map(Number) ?? [];
  return findUtc_ms([2000 + year, month, day], [hours, minutes, Number(seconds)]);
}

const WIDTHS: Readonly<Record<string, number>> = { s: 2, S: 2, l: 4, L: 4 };

/** Whole numbers of one or several values. */
function numbersOf(item: Item | undefined): readonly number[] {
  const width = WIDTHS[item?.type ?? ""];
  if (!item || width === undefined) return [];
  const bytes = Buffer.from(item.data);
  const isSigned = item.type === "s" || item.type === "l";
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, n) =>
    isSigned ? bytes.readIntBE(n * width, width) : bytes.readUIntBE(n * width, width),
  );
}
