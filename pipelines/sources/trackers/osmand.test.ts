import { describe, expect, test } from "vitest";
import { osmand } from "./osmand.ts";
import { bytesOfRecorded } from "./recorded-message.ts";
import { heard, told } from "./testing.ts";
import { compareVectors, findVectors } from "./vectors.ts";

const FIX = {
  at_ms: Date.parse("2026-11-22T10:00:00Z"),
  latitude: 48.5,
  longitude: 25.25,
  speed_mps: expect.closeTo(10, 3),
  course_deg: 90,
  valid: true,
  buffered: false,
};
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const PLACE = "lat=48.5&lon=25.25&speed=19.4384&bearing=90";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`;
const post = (body: string) =>
  bytesOfRecorded({ encoding: "http", message: "/", httpMethod: "POST", body }).toString("latin1");

describe("a request with a place", () => {
  const known = { device: "bus-12", answer: OK };
  test.each([
    ["in seconds", get(`/?id=bus-12&${PLACE}&timestamp=1795341600`), [FIX]],
    ["in milliseconds", get(`/?deviceid=bus-12&${PLACE}&timestamp=1795341600000`), [FIX]],
    ["with a date", get(`/?id=bus-12&${PLACE}&timestamp=2026-11-22+10%3A00%3A00`), [FIX]],
    ["with a zone", get(`/?id=bus-12&${PLACE}&timestamp=2026-11-22T12%3A00%3A00%2B02:00`), [FIX]],
    [
      "in one field, without a time",
      get(`/?id=bus-12&location=48.5,25.25&valid=false`),
      [{ latitude: 48.5, longitude: 25.25, valid: false, buffered: false }],
    ],
    ["as a form", post(`id=bus-12&${PLACE}&timestamp=1795341600`), [FIX]],
    ["of no time", get(`/?id=bus-12&${PLACE}&timestamp=soon`), []],
    ["without a place", get("/?id=bus-12&batt=90"), []],
    [
      "as JSON",
      post(
        '{"device_id":"bus-12","location":{"timestamp":"2026-11-22T10:00:00Z","coords":{"latitude":48.5,"longitude":25.25,"speed":10,"heading":90}}}',
      ),
      [FIX],
    ],
    [
      "as JSON of several",
      post(
        '{"device_id":"bus-12","location":[{"timestamp":"2026-11-22T10:00:00Z","coords":{"latitude":48.5,"longitude":25.25,"speed":10,"heading":90}},{}]}',
      ),
      [FIX],
    ],
  ])("%s", (_, request, fixes) => {
    expect(told(osmand, request)).toEqual({ ...known, fixes });
  });
});

test.each([
  ["no device", get("/?lat=1&lon=2")],
  ["broken JSON", post('{"device_id":')],
  ["no HTTP", "hello"],
])("%s is answered with 400", (_, request) => {
  expect(told(osmand, request)).toEqual({
    fixes: [],
    problem: "structure",
    answer: "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
  });
});

test("requests one after another over one connection, however they are cut", () => {
  const stream = `${get("/?id=1&lat=1&lon=2")}${post("id=2&lat=3&lon=4")}\r\n${get("/?id=3&lat=5&lon=6")}`;
  expect(heard(osmand, stream).map(({ device }) => device)).toEqual(["1", "2", "3"]);
});

test.each([
  ["no request", "BREW /coffee HTTP/1.1\r\n\r\n"],
  ["a body in chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"],
  ["a body beyond the limit", "POST / HTTP/1.1\r\nContent-Length: 70000\r\n\r\n"],
  ["a head without end", `GET /?${"a".repeat(9000)}`],
])("%s closes the session", (_, stream) => {
  expect(osmand.openSession().take(Buffer.from(stream)).closed).toBe("These are no messages of osmand.");
});

const vectors = findVectors("osmand");

test.skipIf(!vectors)("requests of real apps are read as Traccar reads them", () => {
  expect(compareVectors(osmand, vectors ?? [])).toEqual({ total: 9, equal: 9, differences: {}, broken: [] });
});
