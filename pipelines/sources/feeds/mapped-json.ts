import { AppError } from "@yardline/domain/errors";
import { type Static, Type } from "typebox";
import { findFix } from "../trackers/reported-fix.ts";
import {
  broken,
  defineFeed,
  type FeedContent,
  type FeedFix,
  type LeftOut,
  named,
  openContent,
  VEHICLES_MAX,
} from "./feed.ts";
import { findAt, JsonPath, shapeOf } from "./json-path.ts";
import { isTimePattern, isTimezone, readTime } from "./written-time.ts";

/** 20,000 vehicles at 400 bytes. */
const BYTES_MAX = 8 * 1024 * 1024;

/** Each unit in km/h. */
const UNITS = { "km/h": 1, "m/s": 3.6, knots: 1.852, mph: 1.609344 } as const;

/** Where in an answer the things stand that we want. */
const Mapping = Type.Object(
  {
    vehicles: JsonPath,
    id: JsonPath,
    latitude: JsonPath,
    longitude: JsonPath,
    time: JsonPath,
    time_format: Type.String({
      minLength: 1,
      maxLength: 40,
      description: "iso, epoch-s, epoch-ms, or a pattern like dd.MM.yyyy HH:mm:ss",
    }),
    timezone: Type.Optional(
      Type.String({ minLength: 1, description: "The zone of times that name none, like Europe/Kyiv." }),
    ),
    speed: Type.Optional(JsonPath),
    speed_unit: Type.Optional(Type.Enum(["km/h", "m/s", "knots", "mph"])),
    course: Type.Optional(JsonPath),
    trip_id: Type.Optional(JsonPath),
    route_id: Type.Optional(JsonPath),
    made_at: Type.Optional(JsonPath),
  },
  { additionalProperties: false },
);
type Mapping = Static<typeof Mapping>;

/** Any JSON over HTTP, with the settings telling what is where; towns publish open data in shapes of their own. */
export const mappedJson = defineFeed({
  name: "json",
  way: "poll",
  accept: "application/json",
  bytes_max: BYTES_MAX,
  settings: { mapping: Mapping },
  whyRefused({ mapping: { time_format, timezone } }) {
    const isPattern = !/^(iso|epoch-s|epoch-ms)$/.test(time_format);
    if (isPattern && !isTimePattern(time_format)) {
      return "mapping.time_format must be iso, epoch-s, epoch-ms, or a pattern like dd.MM.yyyy HH:mm:ss";
    }
    if (isPattern && timezone === undefined) {
      return "mapping.timezone is missing: such times name no zone; write one like Europe/Kyiv";
    }
    if (timezone === undefined || isTimezone(timezone)) return undefined;
    return `mapping.timezone: there is no time zone "${timezone}"; write one like Europe/Kyiv`;
  },
  open:
    ({ mapping }) =>
    ({ bytes, received_at_ms }) =>
      readVehicles(parsed(bytes), mapping, received_at_ms),
});

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw broken("it is no JSON");
  }
}

/** @throws AppError `FEED_MAPPING` where a path leads nowhere: the list's own, or another one in every vehicle. */
function readVehicles(answer: unknown, mapping: Mapping, received_at_ms: number): FeedContent {
  const list = findAt(answer, mapping.vehicles);
  if ("missing" in list) throw misled("vehicles", list.missing);
  if (!Array.isArray(list.value)) {
    throw misled("vehicles", `"${mapping.vehicles}" leads to no list: what is there ${shapeOf(list.value)}`);
  }
  const items: readonly unknown[] = list.value.slice(0, VEHICLES_MAX);
  refuseMisled(items, mapping);
  const content = openContent();
  for (const item of items) content.add(readVehicle(item, mapping, received_at_ms));
  for (let more = items.length; more < list.value.length; more++) content.add("too-many");
  const made = mapping.made_at === undefined ? undefined : findAt(answer, mapping.made_at);
  if (made && "missing" in made) throw misled("made_at", made.missing);
  return content.done(made && readTime(made.value, timesOf(mapping), received_at_ms));
}

/** A field that one vehicle lacks is that vehicle's; one that all lack is a path that leads nowhere. */
function refuseMisled(items: readonly unknown[], mapping: Mapping): void {
  for (const field of ["id", "latitude", "longitude", "time"] as const) {
    const found = items.map((item) => findAt(item, mapping[field]));
    const [first] = found;
    if (first && "missing" in first && found.every((each) => "missing" in each)) {
      throw misled(field, `${first.missing}, in each of ${items.length} vehicles`);
    }
  }
}

function readVehicle(item: unknown, mapping: Mapping, received_at_ms: number): FeedFix | LeftOut {
  const textAt = (path: string | undefined) =>
    path === undefined ? undefined : readText(valueAt(item, path));
  const numberAt = (path: string | undefined) => readNumber(textAt(path));
  const at_ms = readTime(valueAt(item, mapping.time), timesOf(mapping), received_at_ms);
  if (at_ms === undefined) return "no-time";
  const speed = numberAt(mapping.speed);
  const fix = findFix({
    latitude: numberAt(mapping.latitude) ?? Number.NaN,
    longitude: numberAt(mapping.longitude) ?? Number.NaN,
    at_ms,
    speed_kmh: speed === undefined ? undefined : speed * UNITS[mapping.speed_unit ?? "km/h"],
    course_deg: numberAt(mapping.course),
    buffered: true,
  });
  if (!fix) return "no-place";
  return {
    ...fix,
    vehicle: textAt(mapping.id)?.trim() ?? "",
    ...named("trip_id", textAt(mapping.trip_id)),
    ...named("route_id", textAt(mapping.route_id)),
  };
}

function timesOf({ time_format, timezone = "UTC" }: Mapping) {
  return { format: time_format, timezone };
}

function valueAt(item: unknown, path: string): unknown {
  const found = findAt(item, path);
  return "value" in found ? found.value : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** Open data often writes numbers as texts. */
function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function misled(field: string, why: string): AppError {
  return new AppError("FEED_MAPPING", `mapping.${field} ${why}`);
}
