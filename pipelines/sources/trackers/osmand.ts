import { answerRequest, findRequest, measureRequest, REQUEST_BYTES_MAX } from "./http-request.ts";
import { defineTrackerProtocol, type Fix, type TrackerMessage } from "./protocol.ts";
import { beginsWith } from "./recognise.ts";
import { findFix } from "./reported-fix.ts";

const KNOT_IN_KMH = 1.852;
const MPS_IN_KMH = 3.6;
/** Numbers below are seconds, others milliseconds: seconds reach this in 2038, milliseconds left it in January 1970. */
const SECONDS_MAX = 2 ** 31;
/** Places of one request that are read: a phone's app sends what it kept in one piece. */
const PLACES_MAX = 1000;

/**
 * What the apps OsmAnd and Traccar Client send over HTTP: `?id=…&lat=…&lon=…`, also as a form, or JSON of the newer client. Speed is in
 * knots in a query and in m/s in JSON. Each request names its device and is answered with 200, without which the app sends again.
 * @see https://www.traccar.org/osmand/
 */
export const osmand = defineTrackerProtocol({
  name: "osmand",
  title: "OsmAnd and Traccar Client, HTTP",
  recognise: beginsWith("GET ", "POST ", "PUT ", "HEAD "),
  shared_connections: true,
  frame_bytes_max: REQUEST_BYTES_MAX,
  measureFrame: measureRequest,
  start: {},
  decode: (state, frame) => {
    const blank = frame.every((byte) => byte === 0x0d || byte === 0x0a);
    return blank ? { state } : { state, message: decodeRequest(frame) };
  },
});

const refusal = answerRequest("403 Forbidden");

function decodeRequest(frame: Uint8Array): TrackerMessage {
  const request = findRequest(frame);
  if (!request) return bad("Bytes are no HTTP request.");
  if (request.body.startsWith("{")) return decodeJson(request.body);
  const query = request.query.size > 0 ? request.query : new URLSearchParams(request.body);
  const device_id = query.get("id") ?? query.get("deviceid") ?? "";
  if (device_id === "") return bad("A request names no device.");
  const fix = readQuery(query);
  return accepted(device_id, fix ? [fix] : []);
}

function accepted(device_id: string, fixes: readonly Fix[]): TrackerMessage {
  return { device_id, fixes, answer: answerRequest("200 OK"), refusal };
}

function bad(text: string): TrackerMessage {
  return { fixes: [], answer: answerRequest("400 Bad Request"), problem: { code: "structure", text } };
}

function readQuery(query: URLSearchParams): Fix | undefined {
  const [latitude, longitude] = query.get("location")?.split(",") ?? [query.get("lat"), query.get("lon")];
  const time = query.get("timestamp");
  const at_ms = time === null ? undefined : readMoment_ms(time);
  // A time that is there and cannot be read is not "now".
  if (time !== null && at_ms === undefined) return undefined;
  const knots = readNumber(query.get("speed"));
  return findFix({
    at_ms,
    latitude: readNumber(latitude) ?? Number.NaN,
    longitude: readNumber(longitude) ?? Number.NaN,
    speed_kmh: knots === undefined ? undefined : knots * KNOT_IN_KMH,
    course_deg: readNumber(query.get("bearing") ?? query.get("heading")),
    valid: !["0", "false"].includes(query.get("valid") ?? ""),
    buffered: false,
  });
}

function readNumber(text: string | null | undefined): number | undefined {
  return text && /^-?\d+(\.\d*)?(e-?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Seconds or milliseconds since 1970, or a date and time; without a zone it is of UTC. */
function readMoment_ms(text: string): number | undefined {
  const number = readNumber(text);
  if (number !== undefined) return Math.round(number < SECONDS_MAX ? number * 1000 : number);
  const [, date, time, zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  const at_ms = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(at_ms) ? undefined : at_ms;
}

/** `{device_id, location: {timestamp, coords}}`; a client that kept places sends a list of locations. */
function decodeJson(body: string): TrackerMessage {
  const content = parsed(body);
  const id = fieldOf(content, "device_id") ?? fieldOf(content, "deviceId");
  if (typeof id !== "string" || id === "") return bad("A request names no device.");
  const location = fieldOf(content, "location");
  const locations: readonly unknown[] = Array.isArray(location) ? location : [location];
  const fixes = locations.slice(0, PLACES_MAX).flatMap((each) => readLocation(each) ?? []);
  return accepted(id, fixes);
}

function readLocation(location: unknown): Fix | undefined {
  const coords = fieldOf(location, "coords");
  const timestamp = fieldOf(location, "timestamp");
  const at_ms =
    typeof timestamp === "string" || typeof timestamp === "number"
      ? readMoment_ms(String(timestamp))
      : undefined;
  if (timestamp !== undefined && at_ms === undefined) return undefined;
  const speed = numberOf(coords, "speed");
  return findFix({
    at_ms,
    latitude: numberOf(coords, "latitude") ?? Number.NaN,
    longitude: numberOf(coords, "longitude") ?? Number.NaN,
    speed_kmh: speed === undefined ? undefined : speed * MPS_IN_KMH,
    course_deg: numberOf(coords, "heading"),
    valid: true,
    buffered: false,
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function numberOf(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === "number" ? field : undefined;
}
