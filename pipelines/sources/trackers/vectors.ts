import { existsSync, readFileSync } from "node:fs";
import type { Fix, TrackerProtocol } from "./protocol.ts";
import { bytesOfRecorded, type RecordedMessage } from "./recorded-message.ts";

type Position = {
  readonly time: string | null;
  readonly valid: boolean;
  readonly lat: number;
  readonly lon: number;
  readonly speedKmh: number;
  readonly course: number;
  /** The message had no place: Traccar repeats the one before. */
  readonly outdated: boolean;
};

type Vector = RecordedMessage & {
  readonly id: string;
  readonly session: string;
  readonly class: string;
  readonly asserted?: Record<string, unknown>;
  readonly traccar: readonly Position[];
};

/** What a decoder made of recorded messages, beside what another one did. */
type Comparison = {
  readonly total: number;
  readonly equal: number;
  /** By vector: both sides in short. */
  readonly differences: Readonly<Record<string, string>>;
  /** Vectors whose asserted place is not among ours. */
  readonly broken: readonly string[];
};

/** Where the messages of real devices are, which may not be copied in; absent on most machines. */
export function findVectors(name: string): readonly Vector[] | undefined {
  const file = `../shared/data/trackers/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).vectors : undefined;
}

/** Feeds each session's messages to one decoder and compares time, place, speed and course with Traccar's reading. */
export function compareVectors(protocol: TrackerProtocol, vectors: readonly Vector[]): Comparison {
  const sessions = new Map<string, ReturnType<TrackerProtocol["openSession"]>>();
  const differences: Record<string, string> = {};
  const broken: string[] = [];
  let total = 0;
  let equal = 0;
  for (const { id, session: name, asserted, traccar, ...recorded } of vectors) {
    const session = sessions.get(name) ?? protocol.openSession();
    sessions.set(name, session);
    const ours = (session.takeWhole(bytesOfRecorded(recorded))?.fixes ?? []).map(briefOf);
    const theirs = traccar.filter(({ outdated }) => !outdated).map(briefOfTraccar);
    total += theirs.length;
    const same = theirs.filter((their, index) => isSame(their, ours[index])).length;
    equal += same;
    if (same < theirs.length || ours.length > theirs.length) {
      differences[id] = `${ours.map(textOf).join(" ") || "none"} | ${theirs.map(textOf).join(" ") || "none"}`;
    }
    if (typeof asserted?.["lat"] === "number" && !ours.some((brief) => isAsserted(brief, asserted)))
      broken.push(id);
  }
  return { total, equal, differences, broken };
}

type Brief = {
  readonly at?: number;
  readonly lat: number;
  readonly lon: number;
  readonly kmh: number;
  readonly course: number;
  readonly valid: boolean;
};

function briefOf({ at_ms, latitude, longitude, speed_mps = 0, course_deg = 0, valid = false }: Fix): Brief {
  return {
    ...(at_ms !== undefined && { at: at_ms }),
    lat: latitude,
    lon: longitude,
    kmh: speed_mps * 3.6,
    course: course_deg,
    valid,
  };
}

function briefOfTraccar({ time, lat, lon, speedKmh, course, valid }: Position): Brief {
  return { ...(time && { at: Date.parse(time) }), lat, lon, kmh: speedKmh, course: course % 360, valid };
}

function isSame(their: Brief, our: Brief | undefined): boolean {
  return (
    our !== undefined &&
    (their.at === undefined || their.at === our.at) &&
    Math.abs(their.lat - our.lat) <= 1e-5 &&
    Math.abs(their.lon - our.lon) <= 1e-5 &&
    Math.abs(their.kmh - our.kmh) <= 0.01 &&
    Math.abs(their.course - our.course) <= 0.01 &&
    their.valid === our.valid
  );
}

function isAsserted(our: Brief, asserted: Readonly<Record<string, unknown>>): boolean {
  return (
    our.at === Date.parse(String(asserted["time"])) &&
    our.valid === asserted["valid"] &&
    Math.abs(our.lat - Number(asserted["lat"])) <= 1e-5 &&
    Math.abs(our.lon - Number(asserted["lon"])) <= 1e-5
  );
}

function textOf({ at, lat, lon, kmh, course, valid }: Brief): string {
  const when = at === undefined ? "-" : new Date(at).toISOString();
  return `${when},${lat.toFixed(5)},${lon.toFixed(5)},${kmh.toFixed(2)},${course},${valid ? "fix" : "no fix"}`;
}
