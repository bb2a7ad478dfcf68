import { expect, test } from "vitest";
import { device, gateway, HERE, NOW } from "./testing.ts";

const TOKEN = "a-word-of-the-town-0123456789";
const isToken = (given: string | undefined) => given === TOKEN;
const known = {
  findDevice: async (_protocol: string, id: string) => (id === "8600" ? { vehicle_id: "12" } : undefined),
};

/** What Traccar 6 forwards, shortened. */
const forwarded = (uniqueId: string) =>
  JSON.stringify({
    position: {
      ...{ id: 18336, deviceId: 7, protocol: "teltonika", valid: true, outdated: false },
      ...{ fixTime: "2026-03-01T12:00:00.000+00:00", serverTime: "2026-03-01T12:00:01.000+00:00" },
      ...{ latitude: HERE.latitude, longitude: HERE.longitude, speed: 10, course: 90, attributes: {} },
    },
    device: { id: 7, name: "Bus 12", uniqueId, phone: "+380", contact: "Somebody" },
  });
const post = (body: string, header = `Authorization: Bearer ${TOKEN}`) =>
  `POST /any HTTP/1.1\r\nHost: y\r\nContent-Type: application/json\r\n${header}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const OK = "HTTP/1.1 200 OK Content-Length: 0";

test("what a Traccar server forwards goes to the bus, over one connection for many devices", async () => {
  const devices = { ...known, noteUnknown: async () => true };
  const { port, positions } = await gateway({ protocol: "osmand", devices, isToken });
  const traccar = await device(port);
  traccar.send(post(forwarded("8600")));
  await traccar.answered(OK);
  expect(positions()).toEqual([
    {
      ...{
        vehicle_id: "12",
        at_ms: NOW,
        received_at_ms: NOW,
        latitude: HERE.latitude,
        longitude: HERE.longitude,
      },
      ...{ speed_mps: expect.closeTo(5.144, 3), course_deg: 90 },
    },
  ]);
  traccar.send(
    `GET /?id=8600&lat=49.6&lon=31.25&timestamp=${NOW + 1000}&speed=0&token=${TOKEN} HTTP/1.1\r\nHost: y\r\n\r\n`,
  );
  await traccar.answered(`${OK}  ${OK}`);
  expect(positions()[1]).toMatchObject({ vehicle_id: "12", at_ms: NOW + 1000, latitude: 49.6, speed_mps: 0 });
});

test("without the word nobody speaks, not even after one that had it; a stranger learns nothing of who is known", async () => {
  const noted: string[] = [];
  const devices = { ...known, noteUnknown: async (_protocol: string, id: string) => noted.push(id) > 0 };
  const { port, positions } = await gateway({ protocol: "osmand", devices, isToken });
  for (const header of ["X: y", "Authorization: Bearer wrong", `X-Token: ${TOKEN}`]) {
    const stranger = await device(port);
    stranger.send(post(forwarded("8600"), header));
    await stranger.answered("HTTP/1.1 401 Unauthorized Content-Length: 0");
    await stranger.gone();
  }
  const mixed = await device(port);
  mixed.send(post(forwarded("8600")) + post(forwarded("8600"), "X: y"));
  await mixed.gone();
  const unknown = await device(port);
  unknown.send(post(forwarded("8601")));
  await unknown.answered("HTTP/1.1 403 Forbidden Content-Length: 0");
  expect([positions().length, noted]).toEqual([1, ["8601"]]);
});

test("an outdated place and one without a time go no further, and are not sent for ever", async () => {
  const { port, positions } = await gateway({ protocol: "osmand" });
  const traccar = await device(port);
  const old = forwarded("1").replace('"outdated":false', '"outdated":true');
  const timeless = forwarded("1").replace(/"fixTime":"[^"]+",/, "");
  traccar.send([old, timeless].map((body) => post(body)).join(""));
  await traccar.answered(`${OK}  ${OK}`);
  expect(positions()).toEqual([]);
});
