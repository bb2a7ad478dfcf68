import {
  answerRequest,
  findRequest,
  type HttpRequest,
  measureRequest,
  REQUEST_BYTES_MAX,
} from "./http-request.ts";
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
 * What the apps OsmAnd and Traccar Client send over HTTP: `?id=…&lat=…&lon=…`, also as a form, or JSON of the newer client; and what a
 * Traccar server forwards (`forward.url`), in the same query or as JSON of its own. Speed is in knots, in the client's JSON in m/s. Each
 * request names its device and is answered with 200, without which it is sent again. A port may want a token, `token=…` or a bearer's.
 * @see https://www.traccar.org/osmand/
 * @see https://www.traccar.org/forward/
 */
export const osmand = defineTrackerProtocol({
  name: "osmand",
  title: "OsmAnd, Traccar Client and Traccar's forwarding, HTTP",
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
const password_refusal = answerRequest("401 Unauthorized");

function decodeRequest(frame: Uint8Array): TrackerMessage {
  const request = findRequest(frame);
  if (!request) return bad("Bytes are no HTTP request.");
  const password = request.bearer ?? request.query.get("token") ?? undefined;
  return { ...decodeContent(request), ...(password !== undefined && { password }) };
}

function decodeContent({ body, query: asked }: HttpRequest): TrackerMessage {
  if (body.startsWith("{")) return decodeJson(body);
  const query = asked.has("id") || asked.has("deviceid") ? asked : new URLSearchParams(body);
  const device_id = query.get("id") ?? query.get("deviceid") ?? "";
  if (device_id === "") return bad("A request names no device.");
  const fix = readQuery(query);
  return accepted(device_id, fix ? [fix] : []);
}

function accepted(device_id: string, fixes: readonly Fix[]): TrackerMessage {
  return { device_id, fixes, answer: answerRequest("200 OK"), refusal, password_refusal };
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
  if (fieldOf(content, "position") !== undefined) return decodeForwarded(content);
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

/** `{position, device}`, as a Traccar server forwards; whoever has a device there is not read. */
function decodeForwarded(content: unknown): TrackerMessage {
  const id = fieldOf(fieldOf(content, "device"), "uniqueId");
  if (typeof id !== "string" || id === "") return bad("A request names no device.");
  const position = fieldOf(content, "position");
  const time = fieldOf(position, "fixTime") ?? fieldOf(position, "deviceTime");
  const at_ms =
    typeof time === "string" || typeof time === "number" ? readMoment_ms(String(time)) : undefined;
  const knots = numberOf(position, "speed");
  const fix = findFix({
    at_ms,
    latitude: numberOf(position, "latitude") ?? Number.NaN,
    longitude: numberOf(position, "longitude") ?? Number.NaN,
    speed_kmh: knots === undefined ? undefined : knots * KNOT_IN_KMH,
    course_deg: numberOf(position, "course"),
    valid: fieldOf(position, "valid") !== false && fieldOf(position, "outdated") !== true,
    // Traccar says it each time; one without could be of any.
    buffered: true,
  });
  return accepted(id, fix ? [fix] : []);
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
