import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTar, type TarFile, tarOf } from "./tar.ts";

type Plain = { readonly path: string; readonly text: string };

const fileOf = ({ path, text }: Plain): TarFile => {
  const bytes = Buffer.from(text);
  return { path, bytes: bytes.length, body: Readable.from([bytes]) };
};
const archiveOf = (files: readonly Plain[]) => buffer(tarOf(Readable.from(files.map(fileOf))));

async function filesOf(archive: Uint8Array, chunk_bytes: number): Promise<Plain[]> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < archive.length; at += chunk_bytes)
    chunks.push(archive.subarray(at, at + chunk_bytes));
  const files: Plain[] = [];
  for await (const { path, body } of readTar(Readable.from(chunks))) {
    files.push({ path, text: (await buffer(body)).toString() });
  }
  return files;
}

const part = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,40}$/);
const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));

test("whatever is written is read back, however the bytes arrive", async () => {
  const files = fc.array(fc.record({ path, text: fc.string({ maxLength: 2_000 }) }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 3_000 }), async (given, chunk_bytes) => {
      expect(await filesOf(await archiveOf(given), chunk_bytes)).toEqual(given);
    }),
    { numRuns: 50 },
  );
});

test("the system's own tar reads it", async () => {
  const long = `media/${"c".repeat(63)}/2026-11-22/0613342c-8ac7-4ab9-9049-6202bf47736b.mp4`;
  const archive = await archiveOf([
    { path: "records.sqlite", text: "" },
    { path: long, text: "x".repeat(513) },
  ]);
  const { stdout } = spawnSync("tar", ["-tvf", "-"], { input: archive, encoding: "utf8" });
  expect(stdout.match(/\d+ \d{4}-\d\d-\d\d .*/g)?.map((line) => line.split(" ").at(-1))).toEqual([
    "records.sqlite",
    long,
  ]);
  expect(stdout).toContain(" 513 ");
});

test("a file of more than eight gigabytes has its size", async () => {
  const bytes = 9_000_000_000;
  const huge = tarOf(Readable.from([{ path: "huge", bytes, body: Readable.from([]) }]));
  const { value: header = new Uint8Array() } = await huge.next();
  const { value } = await readTar(Readable.from([header])).next();
  expect(value).toMatchObject({ path: "huge", bytes });
  const { stdout } = spawnSync("tar", ["-tvf", "-"], { input: header, encoding: "utf8" });
  expect(stdout).toContain(String(bytes));
});

test("an archive that was cut off, or is none, is refused", async () => {
  const archive = await archiveOf([{ path: "a", text: "x".repeat(2_000) }]);
  await expect(filesOf(archive.subarray(0, 1_500), 512)).rejects.toMatchObject({ code: "ARCHIVE_DAMAGED" });
  await expect(filesOf(Buffer.alloc(2_000, "no"), 512)).rejects.toMatchObject({ code: "ARCHIVE_DAMAGED" });
});
