import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { prepareFootage } from "./footage.ts";

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-footage-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("what is there is used as it is, without a word", async () => {
  const folder = await scratch();
  await writeFile(join(folder, "vtest.mp4"), "");
  const said: string[] = [];
  expect(await prepareFootage(folder, (line) => said.push(line))).toBe(join(folder, "vtest.mp4"));
  expect(said).toEqual([]);
});

test("where it cannot be had, one line says why and how to add a camera, and nothing is left behind", async () => {
  const folder = await scratch();
  const said: string[] = [];
  const path = process.env["PATH"];
  // A machine without apt: its programs are found nowhere.
  process.env["PATH"] = folder;
  onTestFinished(() => {
    process.env["PATH"] = path;
  });
  expect(await prepareFootage(folder, (line) => said.push(line))).toBeUndefined();
  expect(said.at(-1)).toMatch(/^no demonstration footage \(.*apt-get.*\); .* \.\/yardline start --help$/);
  expect(await readdir(folder)).toEqual([]);
});

test("fetched, it is H.264 with a key frame each second and without sound", { timeout: 120_000 }, async ({
  skip,
}) => {
  const folder = await scratch();
  const path = await prepareFootage(folder, () => {});
  if (!path) return skip("this machine's apt does not offer opencv-doc");
  const args = [
    "-v",
    "error",
    "-show_entries",
    "stream=codec_name,has_b_frames:packet=flags",
    "-of",
    "json",
    path,
  ];
  const { streams, packets } = JSON.parse(execFileSync("ffprobe", args).toString());
  expect(streams).toEqual([{ codec_name: "h264", has_b_frames: 0 }]);
  const keys = packets.flatMap(({ flags }: { flags: string }, at: number) =>
    flags.startsWith("K") ? [at] : [],
  );
  expect(Math.max(...keys.slice(1).map((at: number, n: number) => at - keys[n]))).toBeLessThanOrEqual(10);
  return undefined;
});
