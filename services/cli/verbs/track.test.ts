import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { systemClock } from "@yardline/domain/time";
import { readTruth } from "@yardline/tracking/mot";
import { scoreTracks } from "@yardline/tracking/scores";
import { afterAll, describe, expect, test } from "vitest";
import { runCommand } from "../main.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-track-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function yardline(...argv: string[]): Promise<{ code: number; said: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const signal = new AbortController().signal;
  const world = { stdin: new PassThrough(), stdout, stderr, env: {}, clock: systemClock, signal, root: "." };
  const code = await runCommand(["track", ...argv], world);
  return { code, said: String(stderr.read() ?? "") };
}

async function detections(content: unknown): Promise<string> {
  const file = join(folder, "boxes.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

test("a file a seed, in pixels, with the frame numbers of the input", async () => {
  const walk = (seed: number, missed: number) =>
    Array.from({ length: 6 }, (_, k) => ({
      seed,
      k,
      frame: 1 + 5 * k,
      det: k === missed ? [] : [[100 + 10 * k, 200, 150 + 10 * k, 350]],
    }));
  const file = await detections([...walk(0, 9), ...walk(3, 4)]);
  const out = join(folder, "tracks");
  expect(await yardline(file, "--fps", "5", "--out", out, "--size", "640x480")).toEqual({
    code: 0,
    said: "",
  });
  expect(await readFile(join(out, "seed-0.txt"), "utf8")).toBe(
    [1, 2, 3, 4, 5].map((k) => `${1 + 5 * k},1,${100 + 10 * k},200,50,150,1,-1,-1,-1\n`).join(""),
  );
  const framesOf = async () =>
    (await readFile(join(out, "seed-3.txt"), "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split(",")[0]);
  expect(await framesOf()).toEqual(["6", "11", "16", "21", "26"]);
  expect((await yardline(file, "--fps", "5", "--out", out, "--seen")).code).toBe(0);
  expect(await framesOf()).toEqual(["6", "11", "16", "26"]);
});

test.each([
  { argv: ["--out", folder], says: /--fps is missing/ },
  { argv: ["--fps", "0", "--out", folder], says: /--fps 0/ },
  { argv: ["--fps", "5", "--out", folder, "--size", "big"], says: /1280x720/ },
])("a wrong command line: $argv", async ({ argv, says }) => {
  const { code, said } = await yardline(await detections([]), ...argv);
  expect([code, said]).toEqual([2, expect.stringMatching(says)]);
});

test.each([
  { content: "{", says: /is no list of detections/ },
  { content: [{ seed: 0, frame: 1, det: [[1, 2, 3]] }], says: /det/ },
  { content: [1, 1].map((frame) => ({ seed: 0, frame, det: [] })), says: /frame 1 twice/ },
])("bad input is one line: $content", async ({ content, says }) => {
  const { code, said } = await yardline(await detections(content), "--fps", "5", "--out", folder);
  expect([code, said]).toEqual([1, expect.stringMatching(says)]);
  expect(said.trim().split("\n")).toHaveLength(1);
});

test("a folder that cannot be made, a file that is not there", async () => {
  const file = await detections([]);
  expect(await yardline(file, "--fps", "5", "--out", file)).toMatchObject({ code: 1 });
  expect(await yardline(join(folder, "none.json"), "--fps", "5", "--out", folder)).toMatchObject({ code: 1 });
});

const TRACKS = join(import.meta.dirname, "../../../../shared/data/video/tracks");

describe.skipIf(!existsSync(TRACKS))("on TUD-Campus with noisy boxes (needs ../shared/data)", () => {
  test.each([
    { fps: 25, idf1_min: 0.95, switches_max: 0.5 },
    { fps: 5, idf1_min: 0.86, switches_max: 3 },
  ])("at $fps fps mean IDF1 is at least $idf1_min", async ({ fps, idf1_min, switches_max }) => {
    const out = join(folder, `tud-${fps}`);
    const file = join(TRACKS, `dets_TUD-Campus_${fps}.json`);
    expect(await yardline(file, "--fps", `${fps}`, "--out", out)).toEqual({ code: 0, said: "" });
    const size = { width_px: 640, height_px: 480 };
    const truth = readTruth(readFileSync(join(TRACKS, "TUD-Campus.gt.txt"), "utf8"), size);
    const looked = new Set(truth.map(({ frame }) => frame).filter((frame) => (frame - 1) % (25 / fps) === 0));
    const scores = [0, 1, 2, 3, 4].map((seed) =>
      scoreTracks(
        truth.filter(({ frame }) => looked.has(frame)),
        readTruth(readFileSync(join(out, `seed-${seed}.txt`), "utf8"), size),
      ),
    );
    const mean = (of: (score: (typeof scores)[number]) => number) =>
      scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
    expect(mean(({ idf1 }) => idf1)).toBeGreaterThanOrEqual(idf1_min);
    expect(mean(({ switches }) => switches)).toBeLessThanOrEqual(switches_max);
  });
});
