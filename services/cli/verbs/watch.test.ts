import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { promisify } from "node:util";
import { systemClock } from "@yardline/domain/time";
import { readEvent } from "@yardline/events/read-event";
import { probeRecording } from "@yardline/sources/video/probe-recording";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../main.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CLIPS = join(ROOT, "../shared/data/video/clips");
const run = promisify(execFile);
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watch-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function yardline(...argv: string[]): Promise<{ code: number; said: string; printed: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const signal = new AbortController().signal;
  const world = { stdin: new PassThrough(), stdout, stderr, env: {}, clock: systemClock, signal, root: ROOT };
  const code = await runCommand(argv, world);
  return { code, said: String(stderr.read() ?? ""), printed: String(stdout.read() ?? "") };
}

/** The lines of a file, those that tell of progress left out. */
async function linesOf(file: string): Promise<readonly string[]> {
  return (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
}

describe("what is no recording costs one line and makes no file", () => {
  test.each([
    { name: "nothing.mp4", text: undefined, says: /cannot be opened/ },
    { name: "empty.mp4", text: "", says: /zero bytes/ },
    { name: "page.mp4", text: "<!doctype html><title>404</title>", says: /no video that ffmpeg can read/ },
  ])("$name", async ({ name, text, says }) => {
    const video = join(folder, name);
    if (text !== undefined) await writeFile(video, text);
    const out = join(folder, `${name}.jsonl`);
    const { code, said } = await yardline("watch", video, "--out", out);
    expect(code).toBe(1);
    expect(said).toMatch(says);
    expect(said.trim().split("\n").length).toBe(1);
    expect(existsSync(out)).toBe(false);
  });
});

test.each([
  { argv: ["watch", "a.mp4"], says: /--out is missing/ },
  { argv: ["watch", "a.mp4", "--out", "b", "--start", "yesterday"], says: /is no time/ },
  { argv: ["watch", "a.mp4", "--out", "b", "--camera", "Мій двір"], says: /lower-case Latin/ },
])("a wrong command line: $argv", async ({ argv, says }) => {
  const { code, said } = await yardline(...argv);
  expect(code).toBe(2);
  expect(said).toMatch(says);
});

describe("a place that cannot be written costs one line", () => {
  const bars = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=1", "-pix_fmt", "yuv420p"];
  let video = "";
  beforeAll(async () => {
    video = join(folder, "bars.mp4");
    await run("ffmpeg", ["-nostdin", "-v", "error", ...bars, video]);
  });

  test.each([
    { name: "a folder that is not there", to: () => ["--out", join(folder, "nowhere/out.jsonl")] },
    { name: "a folder", to: () => ["--out", folder] },
    { name: "a folder for the boxes", to: () => ["--out", join(folder, "o.jsonl"), "--boxes", folder] },
  ])("$name", async ({ to }) => {
    const { code, said } = await yardline("watch", video, ...to());
    expect([code, said.match(/cannot be written/g)?.length, said.trim().split("\n").length]).toEqual([
      1, 1, 1,
    ]);
  });
});

test("why something was raised or was not is a film as long as the recording, events or no events", async () => {
  const [video, film] = [join(folder, "short.mp4"), join(folder, "why.mp4")];
  const bars = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10:duration=2", "-pix_fmt", "yuv420p"];
  await run("ffmpeg", ["-nostdin", "-v", "error", ...bars, video]);
  expect(await yardline("watch", video, "--explain", film, "--suggest")).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/^2 s watched, \d+ tracks/),
  });
  const { width_px, height_px, duration_s } = await probeRecording(film);
  // Four times as large, with the panel beside it.
  expect([width_px, height_px, duration_s]).toEqual([1832, 720, 2]);
}, 60_000);

describe.skipIf(!existsSync(CLIPS))("on real recordings (needs ../shared/data)", () => {
  test("one who walks in is one event, and a busy machine changes no byte", async () => {
    const video = join(folder, "walker.mp4");
    const clip = join(CLIPS, "intel-one-by-one-person.mp4");
    await run("ffmpeg", ["-v", "error", "-i", clip, "-t", "12", "-c", "copy", video]);
    const watch = async (name: string) => {
      const [out, boxes] = [join(folder, `${name}.jsonl`), join(folder, `${name}-boxes.jsonl`)];
      const start = "2026-11-22T10:00:00+02:00";
      const { code } = await yardline("watch", video, "--out", out, "--boxes", boxes, "--start", start);
      expect(code).toBe(0);
      return { events: await linesOf(out), boxes: await linesOf(boxes) };
    };
    const calm = await watch("calm");
    const burners = [1, 2].map(() => spawn("sh", ["-c", "while :; do :; done"]));
    const busy = await watch("busy").finally(() => burners.map((burner) => burner.kill("SIGKILL")));
    expect(busy).toEqual(calm);
    expect(calm.events.map(readEvent)).toMatchObject([
      {
        source: "camera/walker",
        time: "2026-11-22T08:00:06.400Z",
        state: "closed",
        data: { label: "person", ended: "lost", recorded: true },
      },
    ]);
    const [first] = calm.boxes.map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      t_s: 6.4,
      label: "person",
      track: readEvent(calm.events[0] ?? "").data["track"],
    });
    const [left, top, right, bottom] = first.box;
    expect(right - left > 50 && bottom - top > 50 && right <= 768 && bottom <= 432).toBe(true);
  }, 120_000);
});
