import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CATALOGUE } from "../catalogue.ts";
import { openModel } from "../open-model.ts";
import { doubled, networkOf, relu } from "../testing.ts";
import { ensureTried } from "./tried.ts";

const NO_TIME = { memory_bytes_max: 2e9, ms_max: 1 };
const harmless = networkOf([relu("images")]);

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-tried-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a good end is remembered for those bytes and that input, and for no others", async () => {
  const folder = await newFolder();
  await ensureTried(harmless, folder);
  await ensureTried(harmless, folder, NO_TIME);
  const { manifest } = harmless;
  const others = { ...harmless, manifest: { ...manifest, sha256: "0".repeat(64) } };
  await expect(ensureTried(others, folder, NO_TIME)).rejects.toMatchObject({ code: "MODEL_REFUSED" });
  expect(await readdir(folder)).toHaveLength(1);
});

test("a memory that was cut off in mid-word, or that cannot be kept, costs another trial and nothing else", async () => {
  const folder = await newFolder();
  await ensureTried(harmless, folder);
  const [name = ""] = await readdir(folder);
  await writeFile(join(folder, name), '{"look_ms":');
  await expect(ensureTried(harmless, folder, NO_TIME)).rejects.toMatchObject({ code: "MODEL_REFUSED" });
  await ensureTried(harmless, join(folder, name));
  expect(await readFile(join(folder, name), "utf8")).toBe('{"look_ms":');
});

test("a bad end is tried again, and leaves nothing behind", async () => {
  const folder = await newFolder();
  await expect(ensureTried(harmless, folder, NO_TIME)).rejects.toMatchObject({ code: "MODEL_REFUSED" });
  expect(await readdir(folder)).toEqual([]);
});

test("one of the catalogue needs none", async () => {
  for (const manifest of CATALOGUE) {
    await ensureTried({ manifest, bytes: new Uint8Array(), provider: "cpu" }, undefined, NO_TIME);
  }
});

test("a detector of a hostile graph is never opened, and this process grows by nothing of it", async () => {
  const folder = await newFolder();
  const { manifest, bytes } = networkOf([...doubled("images", 24), relu("d24")]);
  const path = join(folder, "hostile.onnx");
  await writeFile(path, bytes);
  const before = process.memoryUsage.rss();
  const trial = { memory_bytes_max: 0.9e9, ms_max: 60_000 };
  const opening = openModel({ manifest, path }, { workers: 1, policy: "drop-oldest", trial });
  await expect(opening).rejects.toMatchObject({ code: "MODEL_REFUSED" });
  expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
});
