import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goldenPicture } from "@yardline/models/centernet/golden-picture";
import { doubled, networkOf, relu } from "@yardline/models/testing";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

const YOLOX = "../shared/data/video/models/yolox_nano_416.onnx";

test("lists what can be named", async () => {
  const { code, out } = await run("models", "list");
  expect(code).toBe(0);
  expect(out.split("\n").map((line) => line.split("  ").slice(0, 3).join(" "))).toEqual([
    "centernet-512 (default) centernet MIT",
    "centernet-416 centernet MIT",
    "yolox-nano-416 yolox Apache-2.0",
    "",
  ]);
});

test("the default model is held to its golden result", async () => {
  await run("models", "pull", "centernet-512");
  const said = await run("models", "verify", "centernet-512");
  expect(said).toMatchObject({ code: 0, err: "" });
  expect(said.out).toMatch(
    /^centernet-512: as its manifest says; a look takes \d+ ms, all of it \d+\.\d MiB of memory\n$/,
  );
});

test("a file that is not the manifest's is refused before anything reads it", async () => {
  const folder = await newFolder();
  const file = join(folder, "other.onnx");
  await writeFile(file, "not a model");
  const said = await run("models", "pull", "yolox-nano-416", "--file", file);
  expect(said).toMatchObject({ code: 1, err: expect.stringContaining("its digest is") });
});

test("measures on a folder of labelled pictures, a line a class", async () => {
  const folder = await newFolder();
  const { data, width_px, height_px } = goldenPicture();
  await sharp(data, { raw: { width: width_px, height: height_px, channels: 3 } })
    .png()
    .toFile(join(folder, "street.png"));
  // The drawn bus, which the network takes for a truck.
  await writeFile(join(folder, "street.txt"), "7 0.625 0.41 0.47 0.27\n0 0.1 0.1 0.1 0.1\n");
  const said = await run("models", "evaluate", "--images", folder, "--labels", folder);
  expect(said.code).toBe(0);
  expect(said.out).toMatch(/^person {5}AP50 0\.000 {2}1 objects\ntruck {6}AP50 \d\.\d{3} {2}1 objects\n$/);
});

test.skipIf(!existsSync(YOLOX))(
  "a user's own manifest beside an ONNX file (needs ../shared/data)",
  async () => {
    const folder = await newFolder();
    const manifest = join(folder, "ours.yaml");
    const text = (sha256: string, side_px: number) => `
name: ours
family: yolox
origin: { file: ${join(process.cwd(), YOLOX)} }
licence: Apache-2.0
sha256: "${sha256}"
input: { name: images, side_px: ${side_px}, fit: letterbox, bar: 114, colour: bgr }
outputs: { output: output }
labels: { person: 0, car: 2 }
overlap_max: 0.6
`;
    const right = "695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14";
    const verified = async (words: string) => {
      await writeFile(manifest, words);
      return (await run("models", "verify", manifest)).out;
    };
    expect(await verified(text(right, 416))).toContain("ours: as its manifest says; a look takes");
    expect(await verified(text(right, 640))).toContain("MODEL_WRONG");
    expect(await verified(text("0".repeat(64), 416))).toContain("MODEL_DIGEST");
  },
);

test("a small file that grows without end: one clear refusal, and whoever asked goes on", async () => {
  const folder = await newFolder();
  const { manifest, bytes } = networkOf([...doubled("images", 40), relu("d40")]);
  await writeFile(join(folder, "small.onnx"), bytes);
  await writeFile(join(folder, "ours.json"), JSON.stringify(manifest));
  const said = await run("models", "verify", join(folder, "ours.json"), "centernet-512");
  expect(said).toMatchObject({ code: 1, err: "" });
  expect(said.out.split("\n")).toEqual([
    expect.stringMatching(
      /^small: MODEL_REFUSED: this model is refused: it takes more than \d+ MiB of memory/,
    ),
    expect.stringContaining("centernet-512: as its manifest says"),
    "",
  ]);
});

test("mistakes of the command line", async () => {
  expect(await run("models", "burn")).toMatchObject({ code: 2 });
  expect(await run("models", "pull")).toMatchObject({ code: 2 });
  expect(await run("models", "evaluate")).toMatchObject({ code: 2 });
  expect(await run("models", "verify", "--provider", "abacus")).toMatchObject({ code: 2 });
  expect(await run("models", "verify", "nothing")).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no model "nothing"'),
  });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-models-verb-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
