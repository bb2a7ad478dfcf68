import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { notification, startTestCamera } from "@yardline/sources/onvif/testing-camera";
import { placeSet, rideVideo } from "@yardline/sources/positions/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../main.ts";
import { testWorld } from "../testing.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-camera-verb-"));
  execFileSync("ffmpeg", [
    ...[
      "-v",
      "error",
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=640x360:rate=10:duration=12",
      "-pix_fmt",
      "yuv420p",
    ],
    ...[
      "-c:v",
      "libx264",
      "-preset",
      "ultrafast",
      "-g",
      "60",
      "-sc_threshold",
      "0",
      join(folder, "yard.mp4"),
    ],
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(address: string, ...given: string[]) {
  const [what, flags] = given[0] === "positions" ? ["positions", given.slice(1)] : ["probe", given];
  const file = join(folder, `${Math.random()}.url`);
  await writeFile(file, address);
  const { world, said } = testWorld();
  const code = await runCommand(["camera", what, file, ...flags], { ...world, clock: systemClock });
  return { code, ...said };
}

test("probe says what a camera sends, what it costs and what to change", async () => {
  const { code, out } = await run(join(folder, "yard.mp4"), "--seconds", "7", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    codec: "h264",
    width_px: 640,
    height_px: 360,
    fps: 10,
    key_frame_distance_s: 6,
    b_frames: false,
    cost: { copy_ms: expect.any(Number), look_ms: expect.any(Number), burnt_in_ms: expect.any(Number) },
    advice: expect.arrayContaining([expect.stringMatching(/^A key frame comes every 6 s/)]),
  });
});

test("positions prints where a bus camera is by its own stream; probe says that it tells", async () => {
  const sets = [50.45, 50.46].map((latitude, n) =>
    placeSet(latitude, 30.52, Date.UTC(2026, 10, 30) + n * 1000),
  );
  const path = join(folder, "ride.ts");
  await writeFile(path, rideVideo(folder, [...sets, ...sets]));
  const { code, out } = await run(path, "--seconds", "6", "--json");
  expect([code, JSON.parse(out).positions]).toEqual([
    0,
    { format: "klv", latitude: expect.closeTo(50.45, 1), longitude: expect.closeTo(30.52, 5) },
  ]);
  const told = await run(path, "positions", "--seconds", "6");
  const [first = ""] = told.out.split("\n");
  expect(JSON.parse(first)).toEqual({
    format: "klv",
    time: "2026-11-30T00:00:00.000Z",
    latitude: expect.closeTo(50.45, 6),
    longitude: expect.closeTo(30.52, 6),
  });
  expect(told.out).toMatch(/^4 positions, 0 packets that could not be read$/m);
  const plain = await run(join(folder, "yard.mp4"), "positions", "--seconds", "3");
  expect(plain.out).toBe("no positions: the stream carries nothing beside its pictures\n");
});

test("a camera that refuses is one line with what to do, and its password is in none", async () => {
  const { code, out, err } = await run("rtsp://operator:cAnary-9@127.0.0.1:9/live", "--seconds", "3");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/gives no pictures: it refuses: check the user name, the password/);
  expect(err).not.toMatch(/cAnary|operator/);
});

test("onvif lists streams, masks and the clock of a camera, without its password", async () => {
  const device = await startTestCamera({ password: "cAnary-9", security: "http-digest" });
  const file = join(folder, "onvif.url");
  await writeFile(file, device.url);
  const { world, said } = testWorld();
  const real = { ...world, clock: systemClock };
  expect(await runCommand(["camera", "onvif", file], real)).toBe(0);
  expect(said.out).toContain("stream  rtsp://127.0.0.1:554/s?x=1&y=2  H264 640×360 at 25 (sub & more, sub)");
  expect(said.out).toContain("mask    m1 Color [[0,0],[0.25,0],[0.25,0.5],[0,0.5]]");
  expect(said.out + said.err).not.toMatch(/cAnary/);
  expect(said.out).toMatch(/take .*as url_file: it is recorded\ntake .*as sub_url_file: it is looked at/);
  device.notices.push(notification("tns1:VideoSource/MotionAlarm", "Changed", { State: "true" }));
  said.out = "";
  expect(await runCommand(["camera", "onvif", file, "--listen", "--seconds", "3"], real)).toBe(0);
  device.close();
  const [line = ""] = said.out.split("\n");
  expect(JSON.parse(line)).toMatchObject({
    topic: "VideoSource/MotionAlarm",
    finding: { kind: "motion", active: true },
  });
  expect(said.out).toMatch(/1 notices$/m);
});

test("onvif compares the camera's own masks with what the settings claim", async () => {
  const device = await startTestCamera({ password: "cAnary-9", security: "token" });
  const [file, config] = [join(folder, "masked.url"), join(folder, "town.yaml")];
  await writeFile(file, device.url);
  await writeFile(
    config,
    `town: { name: A, tenant: a }
cameras:
  - id: yard
    name: Yard
    url_file: yard.url
    purpose: protection-of-property
    legal_basis: public-task
    controller: Village council
    retention_h: 24
    mask: { form: in-camera, polygons: [[[0, 0], [0.25, 0], [0.25, 0.5], [0, 0.5]], [[0.5, 0.5], [1, 0.5], [1, 1]]] }
    sign: { posted_on: 2026-11-01, place: At the gate }
`,
  );
  const { world, said } = testWorld();
  const argv = ["camera", "onvif", file, "--config", config, "--id"];
  expect(await runCommand([...argv, "yard"], { ...world, clock: systemClock })).toBe(0);
  expect(said.out).toContain("claimed area 1 of the settings is covered by the camera (100 %)");
  expect(said.out).toContain("claimed area 2 of the settings is NOT covered by the camera (0 %)");
  expect(await runCommand([...argv, "gate"], { ...world, clock: systemClock })).toBeGreaterThan(0);
  expect(said.err).toMatch(/has no camera "gate"/);
  device.close();
});

test.for([
  { argv: ["probe", "rtsp://operator:secret@10.0.0.7/x"], says: /write the address into a file/ },
  { argv: ["probe"], says: /name the file/ },
  { argv: ["fly", "x"], says: /there is probe/ },
  { argv: ["probe", "x.url", "--seconds", "0"], says: /x\.url cannot be read/ },
])("$argv is refused in one line", async ({ argv, says }) => {
  const { world, said } = testWorld();
  expect(await runCommand(["camera", ...argv], world)).toBeGreaterThan(0);
  expect(said.err).toMatch(says);
  expect(said.err).not.toContain("secret");
});
