import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeLogin, encodeShortData } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { searchSecret } from "./secrets.ts";
import { serveCamera, startTestTown } from "./testing.ts";
import { drawClip, playing } from "./testing-cameras.ts";

const CANARY = "cAnary-51d0b7";
const PATIENCE_MS = 15_000;
const TRACKER_FLOOD_BYTES = 10_000_000;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-bad-input-"));
  await Promise.all(["320x180", "640x360"].map((size) => drawClip(clip(size), size)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clip = (size: string) => join(folder, `${size}.ts`);

/** The address of a camera that answers so; a password is in it. */
async function addressOf(answer: RequestListener): Promise<string> {
  const camera = await serveCamera(answer);
  onTestFinished(() => camera.close());
  return `http://operator:${CANARY}@127.0.0.1:${camera.port}/live.ts`;
}

/** A camera whose picture is of another size from its third second on, and which is silent after it. */
const growing: RequestListener = async (_request, response) => {
  response.write(await readFile(clip("320x180")));
  response.write(await readFile(clip("640x360")));
};

type Cameras = {
  readonly cameras: readonly { readonly id: string; readonly state: string; reason?: string }[];
};

test("cameras that refuse, hang, answer HTML or change their size: each is told by name, the good one is watched, and no password shows", {
  timeout: 40_000,
}, async () => {
  const addresses = {
    hangs: await addressOf(() => undefined),
    html: await addressOf((_request, response) => response.end("<!doctype html><title>Login</title>")),
    refuses: await addressOf((_request, response) => response.writeHead(401).end()),
    nobody: `rtsp://operator:${CANARY}@127.0.0.1:9/live`,
    grows: await addressOf(growing),
    good: await addressOf(playing(clip("320x180"))),
  };
  const town = await startTestTown(folder, { cameras: addresses });
  await eventually(async () => {
    const { cameras } = await town.get<Cameras>("/v1/cameras");
    const told = Object.fromEntries(
      cameras.map(({ id, state, reason }) => [id, `${state}: ${reason ?? ""}`]),
    );
    expect(told).toMatchObject({
      hangs: "lost: the camera is silent",
      html: "lost: what comes is not video; check the address",
      refuses: expect.stringMatching(/^lost: the camera refuses the connection; check its address/),
      nobody: expect.stringMatching(/^lost: the camera refuses the connection; check its address/),
      good: "watching: ",
    });
  }, PATIENCE_MS);
  await eventually(async () => {
    const gaps = await town.findAll("type=camera.lost");
    const stated = gaps.map(({ source, state, data }) => `${source} ${state} ${data["why"]}`);
    for (const [camera, why] of [
      ["hangs", "silent"],
      ["html", "not-video"],
      ["refuses", "refused"],
      ["nobody", "refused"],
    ])
      expect(stated).toContain(`camera/${camera} open ${why}`);
    // Its new size costs it nothing; then it sends no more, which a busy machine may notice by the connection's end.
    expect(stated.filter((gap) => /^camera\/grows open (silent|ended)$/.test(gap))).toHaveLength(1);
    expect(stated.filter((gap) => gap.startsWith("camera/good"))).toEqual([]);
  }, PATIENCE_MS);
  // Segments of the good camera are on disk by now; the log, every store and every answer is searched, and every process.
  await eventually(async () => {
    const metrics = await (await town.fetch("/metrics")).text();
    expect(metrics).toMatch(/^yardline_video_recorded_bytes_total\{camera="good"\} [1-9]/m);
  }, PATIENCE_MS);
  expect((await searchSecret(town, folder, CANARY)).found).toEqual([]);
  // What does stand there is found, so the search is one.
  const { found } = await searchSecret(town, folder, "hangs");
  expect(found).toEqual(expect.arrayContaining(["/v1/cameras", "/metrics", join(folder, "town.log")]));
  expect(found.filter((place) => place.includes("/data/")).length).toBeGreaterThan(1);
  expect(await town.get("/healthz")).toMatchObject({ healthy: true });
});

/** A device on the town's tracker port. */
async function device(port: number) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  let answers = "";
  socket.on("data", (chunk) => (answers += String(chunk).replaceAll("\r\n", " ")));
  await once(socket, "connect");
  onTestFinished(() => void socket.destroy());
  return {
    gone,
    send: (...packets: (Uint8Array | string)[]) => packets.forEach((packet) => void socket.write(packet)),
    answered: (text: string) => eventually(() => expect(answers.trim()).toBe(text), PATIENCE_MS),
  };
}

type Vehicles = { readonly features: readonly { readonly properties: Record<string, unknown> }[] };

test("trackers with half packets, bad checksums, the year 2099, 0/0 and ten megabytes of nothing: the others are on the map", {
  timeout: 40_000,
}, async () => {
  const town = await startTestTown(folder, {});
  const here = { at_ms: Date.now(), latitude: 49.5, longitude: 31.25, satellites: 9 };
  const packet = Buffer.from(encodeShortData(here));
  const [flood, half, odd, good] = await Promise.all([1, 2, 3, 4].map(() => device(town.tracker_port)));
  flood?.send(encodeLogin("flood"), new Uint8Array(TRACKER_FLOOD_BYTES).fill(0x41));
  half?.send(encodeLogin("half"), packet.subarray(0, 20));
  odd?.send(
    encodeLogin("odd"),
    packet.toString().replace("4930.", "4931."),
    encodeShortData({ ...here, at_ms: Date.parse("2099-01-01T00:00:00Z") }),
    encodeShortData({ ...here, latitude: 0, longitude: 0 }),
  );
  await odd?.answered("#AL#1 #ASD#13 #ASD#1 #ASD#1");
  await flood?.gone;
  good?.send(encodeLogin("good"), packet);
  await good?.answered("#AL#1 #ASD#1");
  half?.send(packet.subarray(20));
  await half?.answered("#AL#1 #ASD#1");
  await eventually(async () => {
    const { features } = await town.get<Vehicles>("/v1/vehicles");
    expect(features.map(({ properties }) => properties["vehicle_id"]).toSorted()).toEqual(["good", "half"]);
  }, PATIENCE_MS);
  expect(await town.get("/healthz")).toMatchObject({ healthy: true });
});
