import { encodeLogin, encodeShortData } from "@yardline/sources/trackers/wialon-encode";
import { expect, test } from "vitest";
import { count, device, gateway, HERE, NOW } from "./testing.ts";

const PLACE = "lat=49.5&lon=31.25&timestamp=1772366400";
const OK = "HTTP/1.1 200 OK Content-Length: 0";

test("one port takes devices of any protocol, by their first bytes", async () => {
  const { port, positions } = await gateway({ protocol: "auto" });
  const [wialon, phone, gl] = [await device(port), await device(port), await device(port)];
  wialon.send(Buffer.concat([encodeLogin("1"), encodeShortData(HERE)]));
  phone.send(`GET /?id=2&${PLACE} HTTP/1.1\r\nHost: h\r\n\r\n`);
  gl.send("+RESP:GTFRI,060228,868487004350003,,,10,1,1,36.0,350,102.2,31.25");
  gl.send("0000,49.500000,20260301120000,,,32CF$");
  await wialon.answered("#AL#1 #ASD#1");
  await phone.answered(OK);
  await gl.answered("+SACK:32CF$");
  expect(positions().map(({ vehicle_id, at_ms, latitude }) => [vehicle_id, at_ms, latitude])).toEqual([
    ["1", NOW, 49.5],
    ["2", NOW, 49.5],
    ["868487004350003", NOW, 49.5],
  ]);
});

test("first bytes may come one by one; who is not recognised is hung up on", async () => {
  const { port, positions } = await gateway({ protocol: "auto" });
  const [slow, stranger, flood] = [await device(port), await device(port), await device(port)];
  for (const byte of Buffer.concat([encodeLogin("1"), encodeShortData(HERE)])) {
    slow.send(Uint8Array.of(byte));
    await new Promise((done) => setImmediate(done));
  }
  stranger.send("SSH-2.0-OpenSSH_9.2\r\n");
  // May be a name before a sentence, until it is too long for one.
  flood.send("A".repeat(100));
  await slow.answered("#AL#1 #ASD#1");
  await stranger.gone();
  await flood.gone();
  expect(positions()).toHaveLength(1);
  expect(await count("yardline_tracker_connections_closed_total", { reason: "unrecognised" })).toBe(2);
});

test("phones behind one proxy share a connection, and do not replace one another", async () => {
  const { port, positions } = await gateway({ protocol: "osmand" });
  const [proxy, other] = [await device(port), await device(port)];
  const from = (id: string) => `GET /?id=${id}&${PLACE} HTTP/1.1\r\nHost: h\r\n\r\n`;
  proxy.send(from("1") + from("2"));
  await proxy.answered(`${OK}  ${OK}`);
  other.send(from("1"));
  await other.answered(OK);
  proxy.send(from("2"));
  await proxy.answered(`${OK}  ${OK}  ${OK}`);
  expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["1", "2", "1", "2"]);
});

test("a device that names itself otherwise in mid-connection is hung up on", async () => {
  const { port, positions } = await gateway();
  const liar = await device(port);
  liar.send(Buffer.concat([encodeLogin("1"), encodeShortData(HERE)]));
  await liar.answered("#AL#1 #ASD#1");
  liar.send(Buffer.concat([encodeLogin("2"), encodeShortData(HERE)]));
  await liar.gone();
  await liar.answered("#AL#1 #ASD#1");
  expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual(["1"]);
});
