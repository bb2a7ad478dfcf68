import { findFix } from "../trackers/reported-fix.ts";
import { broken, defineFeed, type FeedFix, type LeftOut, named, openContent } from "./feed.ts";

/** Some 500 bytes are usual. */
const BYTES_MAX = 16 * 1024;
/** Levels of a topic up to the start time; what follows is the next stop and a geohash. */
const LEVELS_MIN = 13;

/**
 * Helsinki's high-frequency positioning, version 2: a vehicle's position each second, over MQTT. The vehicle is its operator's number and
 * its own, since two operators may have the same; who drives (`oper` of the payload is the company), doors and passengers are dropped.
 * @see https://digitransit.fi/en/developers/apis/5-realtime-api/vehicle-positions/high-frequency-positioning/
 */
export const hfp = defineFeed({
  name: "hfp",
  way: "mqtt",
  bytes_max: BYTES_MAX,
  topic: "/hfp/v2/journey/ongoing/vp/bus/#",
  settings: {},
  open: () => (message) => {
    const content = openContent();
    content.add(read(message.topic ?? "", message.bytes));
    return content.done();
  },
});

function read(topic: string, bytes: Uint8Array): FeedFix | LeftOut {
  const levels = topic.split("/");
  const [, prefix, version, journey, temporal, event, , operator = "", number = ""] = levels;
  if (prefix !== "hfp" || version !== "v2" || levels.length < LEVELS_MIN) {
    throw broken("its topic is none of HFP version 2");
  }
  if (event !== "vp") return "other-event";
  const position = positionIn(bytes);
  const seconds = numberOf(position, "tsi");
  const text = Reflect.get(position, "tst");
  const at_ms = typeof text === "string" ? Date.parse(text) : Number.NaN;
  const fix = findFix({
    latitude: numberOf(position, "lat") ?? Number.NaN,
    longitude: numberOf(position, "long") ?? Number.NaN,
    at_ms: Number.isNaN(at_ms) ? seconds && seconds * 1000 : at_ms,
    speed_mps: numberOf(position, "spd"),
    course_deg: numberOf(position, "hdg"),
    buffered: true,
  });
  if (!fix) return "no-place";
  // A vehicle on its way to its first stop is not on that trip yet.
  const trip = journey === "journey" && temporal === "ongoing" ? tripOf(levels, position) : {};
  return { ...fix, vehicle: operator && number && `${plain(operator)}-${plain(number)}`, ...trip };
}

function positionIn(bytes: Uint8Array): object {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw broken("it is no JSON");
  }
  const position: unknown = typeof content === "object" && content !== null && Reflect.get(content, "VP");
  if (typeof position !== "object" || position === null) throw broken("it holds no VP");
  return position;
}

/** HFP names no trip, but its line, direction (1 and 2, in GTFS 0 and 1) and start, from which there is one. */
function tripOf(levels: readonly string[], position: object) {
  const [route_id, direction, , start] = levels.slice(9);
  const day: unknown = Reflect.get(position, "oday");
  const direction_id = Number(direction) - 1;
  const isDay = typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day);
  return {
    ...named("route_id", route_id),
    ...((direction_id === 0 || direction_id === 1) && { direction_id }),
    ...(isDay && { start_date: day.replaceAll("-", "") }),
    ...(start !== undefined &&
      /^\d{1,2}:\d\d$/.test(start) && { start_time: `${start.padStart(5, "0")}:00` }),
  };
}

/** Numbers of operators and vehicles are padded with zeros in topics alone. */
function plain(number: string): string {
  return number.replace(/^0+(?=.)/, "");
}

function numberOf(position: object, name: string): number | undefined {
  const value: unknown = Reflect.get(position, name);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
