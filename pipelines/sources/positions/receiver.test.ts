import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, expect, test } from "vitest";
import type { CapturedFix } from "./carried-positions.ts";
import { followReceiver, type ReceiverNote, receiverOf } from "./receiver.ts";

const stop = new AbortController();
afterAll(() => stop.abort());

const SENTENCE = "$GPRMC,112233,A,5027.006,N,03031.404,E,15.55,090.0,301126,,*";
const LINE = `${SENTENCE}${Buffer.from(SENTENCE.slice(1, -1))
  .reduce((sum, byte) => sum ^ byte, 0)
  .toString(16)
  .padStart(2, "0")}\r\n`;

/** A router that tells each of its clients something. */
async function serve(tell: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    tell(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  stop.signal.addEventListener("abort", () => server.close());
  return (server.address() as AddressInfo).port;
}

function follow(port: number) {
  const [fixes, notes]: [CapturedFix[], ReceiverNote[]] = [[], []];
  const world = {
    clock: systemClock,
    random: () => 0,
    placed: (some: readonly CapturedFix[]) => void fixes.push(...some),
    note: (note: ReceiverNote) => void notes.push(note),
  };
  const ended = followReceiver({ host: "127.0.0.1", port }, world, stop.signal);
  return { fixes, notes, ended };
}

test("sentences over TCP are fixes of the moment in which they came", async () => {
  const port = await serve((socket) => {
    socket.write(LINE.slice(0, 20));
    setTimeout(() => socket.write(LINE.slice(20)), 20);
  });
  const before_ms = systemClock.now_ms();
  const { fixes } = follow(port);
  await eventually(() => expect(fixes.length).toBe(1));
  expect(fixes[0]?.fix).toMatchObject({ latitude: expect.closeTo(50.4501, 6), valid: true });
  expect(fixes[0]?.captured_ms).toBeGreaterThanOrEqual(before_ms);
});

test("a receiver that hangs up, or talks nonsense, is told of and asked again", async () => {
  let connections = 0;
  const port = await serve((socket) => {
    connections++;
    if (connections === 1) socket.end("$GPRMC,112233,A,5027.006,N,03031.404,E,15.55,090.0,301126,,*00\r\n");
    else socket.write(LINE);
  });
  const { fixes, notes } = follow(port);
  await eventually(() => expect(fixes.length).toBe(1));
  expect(notes).toEqual([
    { kind: "receiver-connected" },
    { kind: "positions-unreadable", format: "nmea", code: "checksum" },
    { kind: "receiver-lost", code: "ENDED" },
    { kind: "receiver-connected" },
  ]);
});

test("a receiver that is not there costs nothing but its places", async () => {
  const { notes, ended } = follow(1);
  await eventually(() => expect(notes).toContainEqual({ kind: "receiver-lost", code: "ECONNREFUSED" }));
  stop.abort();
  await expect(ended).resolves.toBeUndefined();
});

test.for([
  ["tcp://10.0.0.1:10110", { host: "10.0.0.1", port: 10_110 }],
  ["tcp://router.bus:4000/", { host: "router.bus", port: 4_000 }],
  ["tcp://10.0.0.1", undefined],
  ["tcp://user:secret@10.0.0.1:4000", undefined],
  ["http://10.0.0.1:4000", undefined],
  ["tcp://10.0.0.1:4000/path", undefined],
  ["10.0.0.1:4000", undefined],
] as const)("%s", ([address, receiver]) => {
  expect(receiverOf(address)).toEqual(receiver);
});
