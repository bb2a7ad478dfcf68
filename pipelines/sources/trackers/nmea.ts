import type { EpochMs } from "@yardline/domain/time";
import { defineTrackerProtocol, type Fix, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { beginsWith, type Recognition } from "./recognise.ts";
import { findFix, findUtc_ms, readDegreesMinutes, readUnsigned } from "./reported-fix.ts";

const FRAME_BYTES_MAX = 1024;
const KNOT_IN_KMH = 1.852;
const ID_CHARS_MAX = 32;
/** How far a sentence without a date may be from the one that had it, to be of the same fix. */
const SAME_FIX_MS = 60_000;
const MS_IN_DAY = 24 * 3_600_000;

type State = {
  /** A place from before the device named itself, and the moment of the last sentence with a date. */
  readonly early?: Fix;
  readonly known: boolean;
  readonly dated_ms?: EpochMs;
};

/**
 * NMEA 0183 as receivers send it (`$GPRMC`, `$GPGGA`, …), a device's name before it or in sentences of its own, over TCP and UDP. There
 * are no answers. A wrong checksum spoils a sentence; a missing one does not.
 * @see NMEA 0183, "$PUBX" of u-blox, and what Maxon, Sierra Wireless, CradlePoint and T55 put around it
 */
export const nmea = defineTrackerProtocol<State>({
  name: "nmea",
  title: "NMEA 0183 with a name, text over TCP and UDP",
  recognise,
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame(bytes, from) {
    const end = bytes.subarray(from).findIndex((byte) => byte === 0x0a || byte === 0x0d);
    return end < 0 ? undefined : from + end + 1;
  },
  start: { known: false },
  decode(state, frame) {
    const text = Buffer.from(frame).toString("latin1").trim();
    if (text === "") return { state };
    const [, prefix = "", sentence = text] = /^([^$]*)(\$.*)$/.exec(text) ?? [];
    const named = nameBefore(prefix) ?? nameIn(sentence);
    const place = readSentence(sentence, state.dated_ms);
    return told({ ...state, known: state.known || named !== undefined }, named, place);
  },
});

const marked = beginsWith(
  ...["$G", "$P", "$DEVID,", "$IMEI", "IMEI", "$CONNECT,", "$ID,", "$TRCCR,", "QZE,"],
);

/** A sentence, or what may stand before one; a line of hex digits is a name alone. */
function recognise(first: Uint8Array): Recognition {
  const text = Buffer.from(first).toString("latin1");
  if (/^[\w,/-]{1,40}\$G/.test(text) || /^[\dA-F]{8,20}[\r\n]/.test(text)) return true;
  return marked(first) || (/^[\w,/-]{1,40}\$?$/.test(text) ? undefined : marked(first));
}

type Place = { readonly fix?: Fix | undefined; readonly problem?: TrackerProblem };

function told(state: State, device_id: string | undefined, { fix, problem }: Place) {
  const { early, dated_ms: before_ms, known } = state;
  const claimed = device_id !== undefined && early ? [early] : [];
  const believed = problem ? undefined : fix;
  const dated_ms = believed?.at_ms ?? before_ms;
  const message: TrackerMessage = {
    ...(device_id !== undefined && { device_id }),
    fixes: [...claimed, ...(fix ? [fix] : [])],
    ...(problem && { problem }),
    // Maxon's modems send their name after the place.
    ...(!known && { name_follows: true }),
  };
  const waiting = known ? undefined : (believed ?? early);
  const next = {
    known,
    ...(waiting && { early: waiting }),
    ...(dated_ms !== undefined && { dated_ms }),
  };
  return { state: next, message };
}

/** `123456789$…`, `123456789,$…`, `4711/022789000688081/$…`. */
function nameBefore(prefix: string): string | undefined {
  const [, name] = /(?:^|\/)([\w-]+)[,/]?$/.exec(prefix) ?? [];
  return isName(name) ? name : undefined;
}

const NAMES: readonly RegExp[] = [
  /^\$(?:PGID|DEVID|PSIWMDID),(\w+)/,
  /^\$?IMEI[= ](\w+)/,
  /^\$GPFID,(\w+)/,
  /^\$PCPTI,([^,]+),/,
  /^\$(?:CONNECT|ID),(\d+),/,
  /^\$[A-Z]{2}RMC,[^*]*\*[^,]*,\d+,(\d{10,20}),/,
  /^QZE,(\d{15}),/,
  /^([0-9A-F]{8,20})$/,
];

function nameIn(sentence: string): string | undefined {
  for (const pattern of NAMES) {
    const name = pattern.exec(sentence)?.[1];
    if (isName(name)) return name;
  }
  return undefined;
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name.length > 0 && name.length <= ID_CHARS_MAX;
}

function readSentence(sentence: string, dated_ms: EpochMs | undefined): Place {
  if (!isWhole(sentence)) {
    return {
      fix: readPlace(sentence, dated_ms),
      problem: { code: "checksum", text: "A sentence's checksum is wrong." },
    };
  }
  return { fix: readPlace(sentence, dated_ms) };
}

/** What stands between the dollar and the star, each byte on the one before; devices that write no two digits there are believed. */
function isWhole(sentence: string): boolean {
  const [, body = "", checksum] = /^\$([^*]*)\*([\da-f]{2})(?![\da-f])/i.exec(sentence) ?? [];
  if (checksum === undefined) return true;
  let sum = 0;
  for (const byte of Buffer.from(body, "latin1")) sum ^= byte;
  return sum === Number.parseInt(checksum, 16);
}

function readPlace(sentence: string, dated_ms: EpochMs | undefined): Fix | undefined {
  const [name = "", ...fields] = sentence.replace(/\*.*$/, "").split(",");
  switch (name.startsWith("$G") ? name.slice(3) : name) {
    case "RMC":
      return readRmc(fields);
    case "GGA":
      return readGga(fields, dated_ms);
    case "RMA":
      return readParts({
        at_ms: undefined,
        place: fields.slice(1),
        valid: fields[0] === "A",
        motion: fields.slice(7),
      });
    case "$PUBX":
      return fields[0] === "00" ? readPubx(fields, dated_ms) : undefined;
    case "$TRCCR":
      return readTrccr(fields);
    case "$ID":
      return readWmcs(fields);
    case "QZE":
      return readQze(fields);
    default:
      return undefined;
  }
}

type Parts = {
  readonly at_ms: EpochMs | undefined;
  /** Latitude, its side, longitude, its side. */
  readonly place: readonly string[];
  readonly valid: boolean;
  /** Speed in knots, course. */
  readonly motion: readonly string[];
};

function readParts({ at_ms, place, valid, motion: [speed, course] }: Parts): Fix | undefined {
  const [latitude = "", northing, longitude = "", easting] = place;
  const knots = readUnsigned(speed);
  return findFix({
    at_ms,
    latitude: readDegreesMinutes(latitude) * (northing === "S" ? -1 : 1),
    longitude: readDegreesMinutes(longitude) * (easting === "W" ? -1 : 1),
    speed_kmh: knots === undefined ? undefined : knots * KNOT_IN_KMH,
    course_deg: readUnsigned(course),
    valid,
    buffered: false,
  });
}

/** Time, validity, place, speed, course, date. */
function readRmc(fields: readonly string[]): Fix | undefined {
  const [time, validity] = fields;
  const [day = 0, month = 0, year = 0] = pairsOf(fields[8]);
  const clock = pairsOf(time);
  const at_ms = clock.length === 3 ? findUtc_ms([2000 + year, month, day], clock) : undefined;
  if (at_ms === undefined) return undefined;
  return readParts({ at_ms, place: fields.slice(2), valid: validity === "A", motion: fields.slice(6) });
}

/** Time, place, quality: 0 for none. */
function readGga(fields: readonly string[], dated_ms: EpochMs | undefined): Fix | undefined {
  const at_ms = findMoment_ms(fields[0], dated_ms);
  return readParts({ at_ms, place: fields.slice(1), valid: Number(fields[5]) > 0, motion: [] });
}

/** 00, time, place, height, status, accuracies, speed in km/h, course. */
function readPubx(fields: readonly string[], dated_ms: EpochMs | undefined): Fix | undefined {
  const place = readParts({
    at_ms: findMoment_ms(fields[1], dated_ms),
    place: fields.slice(2),
    valid: !["NF", "TT", "DR"].includes(fields[7] ?? "NF"),
    motion: [],
  });
  const [speed_kmh, course_deg] = [readUnsigned(fields[10]), readUnsigned(fields[11])];
  return place && findFix({ ...place, speed_kmh, course_deg });
}

/** Date and time, validity, place in degrees, speed in knots, course. */
function readTrccr([when = "", validity, latitude, longitude, speed, course]: readonly string[]) {
  const [, date, clock] = /^(\d{8})(\d{6})/.exec(when) ?? [];
  return readDegrees({
    at_ms: momentOf(date, clock),
    latitude,
    longitude,
    speed,
    course,
    valid: validity === "A",
  });
}

/** Fields after their names: validity, date, time, latitude, longitude, course, speed. */
function readWmcs(fields: readonly string[]): Fix | undefined {
  const after = (name: string, further = 1) => fields[fields.indexOf(name) + further];
  if (!fields.includes("GPSET")) return undefined;
  const [day = "", month = "", year = ""] = after("D")?.match(/\d\d/g) ?? [];
  return readDegrees({
    at_ms: momentOf(`20${year}${month}${day}`, after("T")),
    latitude: `${after("La", 2) === "S" ? "-" : ""}${after("La")}`,
    longitude: `${after("Lo", 2) === "W" ? "-" : ""}${after("Lo")}`,
    speed: fields[fields.lastIndexOf("V") + 1],
    course: after("H"),
    valid: after("GPSET") === "A",
  });
}

/** Name, event, date, time, place in degrees, speed in km/h, course, validity. */
function readQze([, , date = "", clock, latitude, longitude, speed, course, validity]: readonly string[]) {
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(date) ?? [];
  const at_ms = momentOf(`${year}${month}${day}`, clock);
  const knots = String((readUnsigned(speed) ?? 0) / KNOT_IN_KMH);
  return readDegrees({ at_ms, latitude, longitude, speed: knots, course, valid: validity === "A" });
}

function readDegrees(parts: {
  readonly at_ms: EpochMs | undefined;
  readonly latitude: string | undefined;
  readonly longitude: string | undefined;
  readonly speed: string | undefined;
  readonly course: string | undefined;
  readonly valid: boolean;
}): Fix | undefined {
  const { at_ms, latitude = "", longitude = "", speed, course, valid } = parts;
  if (at_ms === undefined || !latitude || !longitude) return undefined;
  const knots = readUnsigned(speed);
  return findFix({
    at_ms,
    latitude: Number(latitude),
    longitude: Number(longitude),
    speed_kmh: knots === undefined ? undefined : knots * KNOT_IN_KMH,
    course_deg: readUnsigned(course),
    valid,
    buffered: false,
  });
}

/** `YYYYMMDD` and `HHMMSS`. */
function momentOf(date = "", clock = ""): EpochMs | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  const time = pairsOf(clock);
  if (day === undefined || time.length !== 3) return undefined;
  return findUtc_ms([Number(year), Number(month), Number(day)], time);
}

/** Three pairs of digits; what follows a point is left out. */
function pairsOf(text = ""): readonly number[] {
  return /^(\d\d)(\d\d)(\d\d)(?:\.\d*)?$/.exec(text)?.slice(1, 4).map(Number) ?? [];
}

/** The moment of a sentence without a date: on the day of the one before, if it is of the same fix; unknown otherwise. */
function findMoment_ms(clock: string | undefined, dated_ms: EpochMs | undefined): EpochMs | undefined {
  const [hours, minutes = 0, seconds = 0] = pairsOf(clock);
  if (hours === undefined || dated_ms === undefined) return undefined;
  const midnight_ms = Math.floor(dated_ms / MS_IN_DAY) * MS_IN_DAY;
  const at_ms = midnight_ms + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return [at_ms - MS_IN_DAY, at_ms, at_ms + MS_IN_DAY].find(
    (moment_ms) => Math.abs(moment_ms - dated_ms) <= SAME_FIX_MS,
  );
}
