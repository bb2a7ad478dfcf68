import { existsSync, mkdtempSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { crc32, deflateSync } from "node:zlib";
import { systemClock } from "@yardline/domain/time";
import { goldenPicture } from "@yardline/models/centernet/golden-picture";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../main.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-detect-"));
const file = (name: string) => join(folder, name);
const out = file("boxes.jsonl");
const street = () => {
  const { data, width_px, height_px } = goldenPicture();
  return sharp(data, { raw: { width: width_px, height: height_px, channels: 3 } });
};

beforeAll(async () => {
  await street().png().toFile(file("street.png"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(argv: readonly string[], signal = new AbortController().signal) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCommand(["detect", ...argv], {
    stdin: Readable.from([]),
    stdout,
    stderr,
    env: {},
    clock: systemClock,
    signal,
    root: ".",
  });
  stderr.end();
  const lines = (await text(stderr))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("yardline: "));
  return { code, lines };
}

async function boxes() {
  const lines = (await readFile(out, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line): { file: string; label: string; score: number; box: number[] } => JSON.parse(line));
}

test("a line a box, in the order of the pictures, in pixels of the file, twice the same bytes", async () => {
  await street().resize(1024, 1024).jpeg().toFile(file("large.jpg"));
  const argv = [file("street.png"), file("large.jpg"), "--score-min", "0.03", "--out", out];
  expect(await run(argv)).toEqual({ code: 0, lines: [] });
  const found = await boxes();
  expect([...new Set(found.map((each) => each.file))]).toEqual([file("street.png"), file("large.jpg")]);
  const truck = (name: string) =>
    found.find((each) => each.file === file(name) && each.label === "truck")?.box ?? [];
  // The drawn bus is taken for a truck, at 200…440 × 150…286.
  for (const [side, value] of [201, 142, 440, 281].entries()) {
    expect(Math.abs((truck("street.png")[side] ?? 0) - value)).toBeLessThan(12);
    expect(Math.abs((truck("large.jpg")[side] ?? 0) - 2 * value)).toBeLessThan(24);
  }
  const first = await readFile(out);
  await run(argv);
  expect(Buffer.compare(await readFile(out), first)).toBe(0);
});

test("each bad picture is one clear line and exit code 1; the others are done", {
  timeout: 60_000,
}, async () => {
  const png = await street().png().toBuffer();
  const contents: Record<string, string | Buffer> = {
    "empty.jpg": "",
    "page.jpg": "<html><body>404</body></html>",
    "drawing.jpg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
    "bomb.png": bombPng(40_000),
    "cut.png": png.subarray(0, png.length / 2),
    "noise.jpg": Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xe0,
      ...Array.from({ length: 500 }, (_, at) => (at * 37) % 256),
    ]),
  };
  for (const [name, content] of Object.entries(contents)) await writeFile(file(name), content);
  const bad = [...Object.keys(contents).map(file), file("missing.png"), folder];
  const { code, lines } = await run([...bad, file("street.png"), "--score-min", "0.03", "--out", out]);
  expect(code).toBe(1);
  expect(lines).toHaveLength(bad.length);
  lines.forEach((line, at) => {
    expect(line).toContain(`yardline detect: ${bad[at]} cannot be read as a picture: `);
  });
  expect(new Set((await boxes()).map((each) => each.file))).toEqual(new Set([file("street.png")]));
});

test("mistakes of the command line, and an output that cannot be", async () => {
  expect(await run([file("street.png")])).toMatchObject({ code: 2 });
  expect(await run(["--out", out])).toMatchObject({ code: 2 });
  expect(await run([file("street.png"), "--out", out, "--score-min", "high"])).toMatchObject({ code: 2 });
  const unwritable = await run([file("street.png"), "--out", join(folder, "no/such/folder.jsonl")]);
  expect(unwritable).toMatchObject({ code: 1, lines: [expect.stringContaining("cannot be written")] });
});

test.skipIf(!existsSync("/dev/full"))("a full disk is one line, and nothing of Node's", async () => {
  const full = await run([file("street.png"), "--score-min", "0.03", "--out", "/dev/full"]);
  expect(full).toEqual({
    code: 1,
    lines: [expect.stringMatching(/^yardline detect: \/dev\/full cannot be written/)],
  });
});

test("stopped: what was done stands, exit code 130", async () => {
  const stopped = await run([file("street.png"), "--out", out], AbortSignal.abort());
  expect(stopped).toEqual({ code: 130, lines: ["yardline detect: stopped after 0 of 1 pictures"] });
});

/** A PNG of some kilobytes that unpacks to `side_px` squared pixels: header true, its one chunk of data far too short. */
function bombPng(side_px: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side_px, 0);
  header.writeUInt32BE(side_px, 4);
  header.set([8, 2], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
