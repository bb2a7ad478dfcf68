import { createSocket } from "node:dgram";
import { once } from "node:events";
import { encodeShortData } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { count, gateway, HERE, NOW, stopped } from "./testing.ts";

/** A device that speaks in datagrams. */
async function sender(port: number) {
  const socket = createSocket("udp4");
  const answers: string[] = [];
  socket.on("message", (bytes) => answers.push(bytes.toString("latin1")));
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  return {
    answers,
    send: (bytes: Uint8Array | string) => socket.send(bytes),
    answered: (...expected: string[]) => eventually(() => expect(answers).toEqual(expected)),
    close: () => socket.close(),
  };
}

const report = (id: string, number = "32CF") =>
  `+RESP:GTFRI,060228,${id},,,10,1,1,36.0,350,102.2,31.250000,49.500000,20260301120000,,,${number}$`;

test("a datagram is answered once its positions are with the bus, and sent again until then", async () => {
  const { port, bus, positions } = await gateway({ protocol: "gl200" });
  const bus17 = await sender(port);
  bus.down = true;
  bus17.send(report("868487004350017"));
  await eventually(() => expect(bus.attempts).toBe(1));
  bus.down = false;
  bus17.send(report("868487004350017"));
  await bus17.answered("+SACK:32CF$");
  expect(positions()).toMatchObject([{ vehicle_id: "868487004350017", at_ms: NOW, latitude: 49.5 }]);
  bus17.close();
});

test("many devices behind one address, in one datagram without an end mark, and in several", async () => {
  const { port, positions } = await gateway({ protocol: "gl200" });
  const tower = await sender(port);
  tower.send(report("868487004350001", "0001"));
  tower.send(`${report("868487004350002", "0002")}${report("868487004350001", "0003").slice(0, -1)}`);
  await tower.answered("+SACK:0001$", "+SACK:0002$", "+SACK:0003$");
  expect(positions().map(({ vehicle_id }) => vehicle_id)).toEqual([
    "868487004350001",
    "868487004350002",
    "868487004350001",
  ]);
  tower.close();
});

test("what a protocol needs to know is remembered by address", async () => {
  const { port, positions } = await gateway({ protocol: "nmea" });
  const receiver = await sender(port);
  receiver.send("$PGID,350000000000001*0F");
  receiver.send("$GPRMC,120000.000,A,4930.0000,N,03115.0000,E,0,0,010326,,");
  await eventually(() => expect(positions()).toMatchObject([{ vehicle_id: "350000000000001", at_ms: NOW }]));
  receiver.close();
});

test("on the shared port the first bytes tell; what nobody knows, and connections only, are dropped", async () => {
  const { port, positions } = await gateway({ protocol: "auto" });
  const [some, other] = [await sender(port), await sender(port)];
  some.send("hello");
  some.send(Buffer.concat([Buffer.from("0100000b000f0001000106080001000a1001020102", "hex")]));
  some.send(report("868487004350001"));
  other.send(Buffer.concat([Buffer.from("2.0;17"), encodeShortData(HERE)]));
  await some.answered("+SACK:32CF$");
  expect(positions()).toHaveLength(1);
  await eventually(async () =>
    expect(await count("yardline_tracker_datagrams_dropped_total", { reason: "unrecognised" })).toBe(3),
  );
  some.close();
  other.close();
});

test("who sends more than its share is not heard for a while; nobody else notices", async () => {
  const { port, positions } = await gateway({
    protocol: "gl200",
    limits: { messages_per_s: 1, messages_at_once: 2 },
  });
  const [greedy, modest] = [await sender(port), await sender(port)];
  for (let sent = 0; sent < 3; sent++) greedy.send(report("868487004350001", `000${sent}`));
  await greedy.answered("+SACK:0000$", "+SACK:0001$", "+SACK:0002$");
  greedy.send(report("868487004350001", "0009"));
  modest.send(report("868487004350002"));
  await modest.answered("+SACK:32CF$");
  expect(greedy.answers).toHaveLength(3);
  expect(positions()).toHaveLength(4);
  expect(await count("yardline_tracker_datagrams_dropped_total", { reason: "over-share" })).toBe(1);
  greedy.close();
  modest.close();
});

test("stopping frees the port", async () => {
  const { port } = await gateway({ protocol: "gl200" });
  await stopped();
  const again = createSocket("udp4").bind(port, "127.0.0.1");
  await once(again, "listening");
  again.close();
});
