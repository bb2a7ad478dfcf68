import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { beginShift, writeEnd } from "@yardline/incidents/shift-log";
import { memoryRecords } from "@yardline/records/memory";
import { createFragmentReader, type Init, isInit, type Packet } from "@yardline/sources/video/fragments";
import { LiveStream } from "@yardline/sources/video/live-stream";
import { fragmentedVideo, probeBytes } from "@yardline/sources/video/testing";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { CameraStatus } from "../camera-parts.ts";
import { servedApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA, NOON_MS, TENANT } from "../testing/scenes.ts";

let init: Init;
let packets: readonly Packet[] = [];
beforeAll(() => {
  const drawn = { size: "320x180", seconds: 4, rate_fps: 10 };
  const pieces = createFragmentReader()(fragmentedVideo(drawn, ["-g", "10", "-bf", "0"]));
  init = pieces.filter(isInit)[0] ?? init;
  packets = pieces.filter((piece): piece is Packet => !isInit(piece));
});

/** Doors of a town with accounts and the cameras `yard` and `gate`, at which a shift has begun. */
async function doors({ shift = true } = {}) {
  const { identity, headersOf } = await signedInPeople();
  const [audit, records, clock] = [memoryAudit(), memoryRecords(), handClock(NOON_MS)];
  const hand = { by: "dispatcher", at_ms: NOON_MS - 60_000 };
  const begun = shift
    ? await beginShift(records, { tenant: TENANT, purpose: "duty in the yards" }, hand, randomBytes)
    : undefined;
  const cameras: CameraStatus[] = [CAMERA, { ...CAMERA, id: "gate" }];
  const live = new Map(["yard", "yard-sub", "gate"].map((id) => [id, new LiveStream()]));
  const stop = new AbortController();
  const taps = new Map([...live].map(([id, stream]) => [id, stream.tap(stop.signal)]));
  const { url } = await servedApp({
    ...{ identity, audit, records, clock, limits: { recheck_ms: 20 } },
    // Only the yard has a smaller stream.
    cameras: {
      listCameras: () => cameras,
      findLive: (id, stream) => live.get(stream === "sub" ? `${id}-sub` : id) ?? live.get(id),
    },
  });
  const film = (id: string, from: number, to: number) => {
    for (const packet of packets.slice(from, to)) taps.get(id)?.push(packet, NOON_MS + packet.pts_ms);
  };
  for (const tap of taps.values()) tap.open(init);
  /** Time passes for the doors, which look again then whether all is allowed. */
  const passing = setInterval(() => clock.advance(20), 10);
  onTestFinished(() => clearInterval(passing));
  return {
    ...{ url, audit, records, clock, cameras, taps, stop, film, headersOf, identity, live },
    begun: begun?.id ?? "",
  };
}

type Message = { camera: number; kind: string; pts_ms: number; captured_ms: number; body: Buffer };
const KINDS = ["", "opened", "head", "picture", "none", "time"];

/** Reads the messages of a stream for as long as it lasts. */
function messagesOf(response: Response) {
  const messages: Message[] = [];
  let rest = Buffer.alloc(0);
  const ended = (async () => {
    for await (const chunk of response.body ?? []) {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 24 && rest.length >= 24 + rest.readUInt32BE(4)) {
        const length = rest.readUInt32BE(4);
        messages.push({
          camera: rest.readUInt8(0),
          kind: KINDS[rest.readUInt8(1)] ?? "",
          pts_ms: rest.readDoubleBE(8),
          captured_ms: rest.readDoubleBE(16),
          body: rest.subarray(24, 24 + length),
        });
        rest = rest.subarray(24 + length);
      }
    }
  })().catch(() => undefined);
  const said = () =>
    messages.flatMap(({ camera, kind, body }) =>
      kind === "time" ? [] : `${camera} ${kind}${kind === "none" ? ` ${JSON.parse(String(body)).kind}` : ""}`,
    );
  return { messages, ended, said };
}

async function watch(
  { url, headersOf }: Awaited<ReturnType<typeof doors>>,
  path: string,
  login = "dispatcher",
) {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const response = await fetch(url + path, { headers: await headersOf(login), signal: leave.signal });
  return { response, leave: () => leave.abort() };
}

const refusalOf = async (response: Response) => {
  const problem = JSON.parse(await response.text());
  return [response.status, problem.type.split(":").at(-1)];
};

test("one camera is a film that begins with the key frame of the group under way and ends with its connection", async () => {
  const town = await doors();
  town.film("yard", 0, 15);
  const { response } = await watch(town, "/v1/cameras/yard/live.mp4");
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "video/mp4"]);
  const bytes = response.arrayBuffer();
  town.film("yard", 15, 40);
  await eventually(() => expect(town.live.get("yard")?.listeners).toBe(1));
  await new Promise((done) => setTimeout(done, 100));
  town.taps.get("yard")?.close();
  expect(await probeBytes(new Uint8Array(await bytes))).toMatchObject({
    ...{ codec: "h264", size: "320x180", begins_with_key: true },
  });
  expect(town.live.get("yard")?.listeners).toBe(0);
});

test("several cameras in one stream: each with its head, its pictures and when they were taken, under the purpose of the shift", async () => {
  const town = await doors();
  town.film("yard", 0, 12);
  const { response } = await watch(town, "/v1/live?camera=yard&camera=gate");
  const { messages, said } = messagesOf(response);
  await eventually(() => expect(said()).toEqual(["0 opened", "0 head", "0 picture", "0 picture"]));
  town.film("gate", 0, 1);
  await eventually(() => expect(said().slice(4)).toEqual(["1 opened", "1 head", "1 picture"]));
  const [opened, head, picture] = messages.filter(({ kind }) => kind !== "time");
  expect(JSON.parse(String(opened?.body))).toEqual({
    ...{ codec: expect.stringMatching(/^avc1\.[0-9a-f]{6}$/), width_px: 320, height_px: 180 },
  });
  expect(head?.body.equals(init.data)).toBe(true);
  expect([picture?.pts_ms, picture?.captured_ms]).toEqual([1_000, NOON_MS + 1_000]);
  expect(
    town.audit.entries.map(({ who, action, object, purpose }) => [who, action, object.id, purpose]),
  ).toEqual([
    ["dispatcher", "live", "yard", "duty in the yards"],
    ["dispatcher", "live", "gate", "duty in the yards"],
  ]);
});

test("small ones come in their smaller stream where they have one, the one that is looked at large in its main one", async () => {
  const town = await doors();
  const listening = () => [...town.live].map(([id, { listeners }]) => `${id} ${listeners}`);
  const small = await watch(town, "/v1/live?stream=sub&camera=yard&camera=gate");
  await eventually(() => expect(listening()).toEqual(["yard 0", "yard-sub 1", "gate 1"]));
  small.leave();
  await eventually(() => expect(listening()).toEqual(["yard 0", "yard-sub 0", "gate 0"]));
  await watch(town, "/v1/live?stream=sub&main=yard&camera=yard&camera=gate");
  await eventually(() => expect(listening()).toEqual(["yard 1", "yard-sub 0", "gate 1"]));
});

test("who goes on looking is written down again each quarter of an hour", async () => {
  const town = await doors();
  const { response } = await watch(town, "/v1/live?camera=yard");
  const { messages } = messagesOf(response);
  await eventually(() => expect(messages.length).toBeGreaterThan(1));
  town.clock.advance(16 * 60_000);
  await eventually(() => expect(town.audit.entries).toHaveLength(2));
});

test("of a camera that is not theirs, or is not there, nobody learns anything; the others are shown", async () => {
  const town = await doors();
  const foreign = await watch(town, "/v1/cameras/gate/live.mp4", "yard-only");
  expect(await refusalOf(foreign.response)).toEqual([404, "camera-unknown"]);
  expect(town.audit.entries).toEqual([]);
  town.film("yard", 0, 1);
  town.film("gate", 0, 1);
  const hand = { by: "yard-only", at_ms: NOON_MS };
  await beginShift(town.records, { tenant: TENANT, purpose: "the yard" }, hand, randomBytes);
  const { response } = await watch(town, "/v1/live?camera=gate&camera=yard&camera=nothing", "yard-only");
  const { said } = messagesOf(response);
  await eventually(() =>
    expect(said()).toEqual([
      ...["0 none camera-unknown", "2 none camera-unknown", "1 opened", "1 head", "1 picture"],
    ]),
  );
});

test("without a shift a purpose is said with the question, and when the shift ends so do the pictures", async () => {
  const unsaid = await doors({ shift: false });
  const { response } = await watch(unsaid, "/v1/live?camera=yard");
  expect(await refusalOf(response)).toEqual([403, "purpose-needed"]);
  const said = await watch(unsaid, "/v1/live?camera=yard&purpose=a+fight");
  expect(said.response.status).toBe(200);

  const town = await doors();
  town.film("yard", 0, 1);
  const shown = messagesOf((await watch(town, "/v1/live?camera=yard")).response);
  await eventually(() => expect(shown.said()).toHaveLength(3));
  const hand = { by: "dispatcher", at_ms: NOON_MS };
  await writeEnd(town.records, town.begun, { note: "quiet", incidents: [] }, hand);
  await shown.ended;
  town.film("yard", 1, 2);
  expect(shown.said()).toHaveLength(3);
});

test.for([
  {
    what: "right ends",
    end: ({ identity }) =>
      identity.accounts.change("dispatcher", { grants: [{ tenant: TENANT, role: "planner" }] }),
  },
  {
    what: "session ends",
    end: async ({ identity }, cookie) => identity.sessions.end(cookie.slice(cookie.indexOf("=") + 1)),
  },
  {
    what: "log can no more be written",
    end: async ({ audit, clock }) => {
      audit.failWith(new AppError("AUDIT_UNAVAILABLE", "The disk is full.", { retryable: true }));
      clock.advance(16 * 60_000);
    },
  },
] satisfies {
  what: string;
  end(town: Awaited<ReturnType<typeof doors>>, cookie: string): Promise<unknown>;
}[])("when the $what, no picture more leaves", async ({ end }) => {
  const town = await doors();
  town.film("yard", 0, 1);
  const headers = await town.headersOf("dispatcher");
  const shown = messagesOf(await fetch(`${town.url}/v1/live?camera=yard`, { headers }));
  await eventually(() => expect(shown.said()).toHaveLength(3));
  await end(town, headers["cookie"] ?? "");
  await shown.ended;
  town.film("yard", 1, 2);
  expect(shown.said()).toHaveLength(3);
  expect(town.live.get("yard")?.listeners).toBe(0);
});

test("a camera that is paused, taken away or given to another district goes dark by itself, and the others go on", async () => {
  const town = await doors();
  town.film("yard", 0, 1);
  town.film("gate", 0, 1);
  const { said } = messagesOf((await watch(town, "/v1/live?camera=yard&camera=gate")).response);
  await eventually(() => expect(said()).toHaveLength(6));
  town.cameras.splice(0, 1);
  await eventually(() => expect(said().slice(6)).toEqual(["0 none camera-unknown"]));
  town.film("yard", 1, 2);
  town.film("gate", 1, 2);
  await eventually(() => expect(said().slice(7)).toEqual(["1 picture"]));
  // What a pause does: the session of watching is over, and what it left is not there any more.
  town.stop.abort();
  await eventually(() => expect(said().slice(8)).toEqual(["1 none no-picture"]));
});

test("a client that takes nothing loses pictures, and neither holds nor fills anything", async () => {
  const town = await doors();
  const { cookie } = await town.headersOf("dispatcher");
  const operator = await town.headersOf("operator");
  const { port } = new URL(town.url);
  const socket = connect(Number(port), "127.0.0.1").pause();
  onTestFinished(() => void socket.destroy());
  socket.write(`GET /v1/live?camera=yard HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n\r\n`);
  await eventually(() => expect(town.live.get("yard")?.listeners).toBe(1));
  const large = packets.map((packet) => ({ ...packet, data: new Uint8Array(256 * 1024) }));
  const lost = async () => {
    const counted = /^yardline_api_live_pictures_lost_total (\d+)$/m.exec(
      await (await fetch(`${town.url}/metrics`, { headers: operator })).text(),
    );
    return Number(counted?.[1] ?? 0);
  };
  for (let round = 0; round < 5; round++) {
    for (const packet of large) town.taps.get("yard")?.push(packet, NOON_MS + packet.pts_ms);
    await new Promise((done) => setTimeout(done, 50));
  }
  socket.resume();
  await eventually(async () => {
    for (const packet of large.slice(0, 11)) town.taps.get("yard")?.push(packet, NOON_MS + packet.pts_ms);
    expect(await lost()).toBeGreaterThan(20);
  });
});

test("too many at once are refused and counted; a camera of another process says so", async () => {
  const { url } = await servedApp({
    cameras: { listCameras: () => [CAMERA], findLive: () => new LiveStream() },
    limits: { live_pictures_max: 1 },
  });
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const one = await fetch(`${url}/v1/live?camera=yard`, { signal: leave.signal });
  expect(one.status).toBe(200);
  const full = await fetch(`${url}/v1/live?camera=yard`);
  expect([full.headers.get("retry-after"), ...(await refusalOf(full))]).toEqual(["10", 503, "live-full"]);
  leave.abort();
  await eventually(async () => {
    expect(await (await fetch(`${url}/metrics`)).text()).toContain("yardline_api_live_pictures 0");
  });
  const far = await servedApp();
  expect(await refusalOf(await fetch(`${far.url}/v1/live?camera=yard`))).toEqual([409, "camera-elsewhere"]);
  const many = `camera=yard${"&camera=yard".repeat(8)}`;
  expect((await fetch(`${far.url}/v1/live?${many}`)).status).toBe(400);
});
