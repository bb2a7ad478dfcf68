import { generateKeyPairSync } from "node:crypto";
import { cp, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { findCheckpoints, originOf, signCheckpoint } from "./checkpoint.ts";
import { openFileStore } from "./file-store.ts";
import { listLogFiles } from "./log-file.ts";
import { readFileLog, readFileNotes } from "./read-log.ts";
import { verifierOf } from "./signed-note.ts";
import { deed } from "./testing.ts";
import { verifyLog } from "./verify.ts";

const FILE_BYTES = 16 * 1024;
const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const origin = originOf("town");
const signer = { name: origin, key: generateKeyPairSync("ed25519").privateKey };
const verifier = verifierOf(signer);

/** A real log of so many entries in several files. */
async function writtenLog(entries: number, who = "olena"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-verify-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeMore(folder, entries, who);
  return folder;
}

async function writeMore(folder: string, entries: number, who = "olena"): Promise<void> {
  const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
  for (let n = 0; n < entries; n++) await store.append([deed({ who, purpose: `Двір ${n}` })], NOON_MS + n);
  await store.close();
}

/** A checkpoint of what is there now, as it left the box. */
async function checkpointOf(folder: string): Promise<string> {
  const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
  const { head } = await store.extent();
  await store.close();
  return signCheckpoint({ origin, ...head, at_ms: NOON_MS }, signer);
}

async function kindsIn(folder: string, checkpoints = ""): Promise<readonly string[]> {
  const { findings } = await verdictOn(folder, checkpoints);
  return findings.map(({ kind }) => kind);
}

async function verdictOn(folder: string, checkpoints = "") {
  const notes = findCheckpoints(await readFileNotes(folder), verifier);
  return verifyLog(readFileLog(folder), {
    notes,
    checkpoints: findCheckpoints(checkpoints, verifier),
    origin,
  });
}

test("1,000 random changes of one byte in a real log: every one is found", { timeout: 300_000 }, async () => {
  const folder = await writtenLog(100);
  const files = await Promise.all(
    (await listLogFiles(folder)).map(async ({ path }) => ({ path, file: await open(path, "r+") })),
  );
  const change = fc.record({
    file: fc.nat(files.length - 1),
    at: fc.nat(FILE_BYTES - 1),
    by: fc.integer({ min: 1, max: 255 }),
  });
  let found = 0;
  const check = async (asked: { file: number; at: number; by: number }) => {
    const file = files[asked.file]?.file;
    const byte = Buffer.alloc(1);
    await file?.read(byte, 0, 1, asked.at);
    await file?.write(Buffer.of((byte[0] ?? 0) ^ asked.by), 0, 1, asked.at);
    const kinds = await kindsIn(folder);
    await file?.write(byte, 0, 1, asked.at);
    if (kinds.length > 0) found++;
    return kinds.length > 0;
  };
  await fc.assert(fc.asyncProperty(change, check), { numRuns: 1_000 });
  expect(found).toBe(1_000);
  for (const { file } of files) await file.close();
  expect(await kindsIn(folder)).toEqual([]);
});

test("a tail that was cut off is found with a checkpoint; without one it is said that it cannot be", async () => {
  const folder = await writtenLog(100);
  const checkpoint = await checkpointOf(folder);
  const last = (await listLogFiles(folder)).at(-1);
  await rm(last?.path ?? "");
  const without = await verdictOn(folder);
  expect(without.findings).toEqual([]);
  expect(without.unproven.join()).toMatch(/cut off.*cannot be told: give --checkpoint/);
  expect(await kindsIn(folder, checkpoint)).toEqual(["cut"]);
  // Written on since, until it is longer than before.
  await writeMore(folder, 60, "somebody else");
  expect(await kindsIn(folder)).toEqual([]);
  expect(await kindsIn(folder, checkpoint)).toEqual(["rebuilt"]);
});

test("a whole chain rebuilt, and signed anew with the box's own key, is found with a checkpoint that left it", async () => {
  const before = await writtenLog(50);
  const checkpoint = await checkpointOf(before);
  const rebuilt = await writtenLog(50, "nobody in particular");
  expect(await kindsIn(rebuilt, await checkpointOf(rebuilt))).toEqual([]);
  expect(await kindsIn(rebuilt, checkpoint)).toEqual(["rebuilt"]);
  const forged = checkpoint.replace("\n50\n", "\n49\n");
  expect(await kindsIn(before, forged)).toEqual(["checkpoint"]);
  const neighbours = signCheckpoint(
    { origin: originOf("other"), size: 1, hash: "0".repeat(64), at_ms: 1 },
    signer,
  );
  expect(await kindsIn(before, neighbours)).toEqual(["checkpoint"]);
});

test("up to a checkpoint all is proven, and what came after is said", async () => {
  const folder = await writtenLog(10);
  const checkpoint = await checkpointOf(folder);
  expect((await verdictOn(folder, checkpoint)).unproven.join()).toMatch(
    /^Whether entries were cut off since/,
  );
  await writeMore(folder, 5);
  const { findings, unproven } = await verdictOn(folder, checkpoint);
  expect(findings).toEqual([]);
  expect(unproven.join()).toMatch(/^Up to entry 9 all is proven. Whether the 5 entries since/);
});

test("a log without its beginning is believed where a signed note stands in its place, and nowhere else", async () => {
  const folder = await writtenLog(200);
  const checkpoint = await checkpointOf(folder);
  const beheaded = await mkdtemp(join(tmpdir(), "yardline-audit-head-"));
  onTestFinished(() => rm(beheaded, { recursive: true }));
  await cp(folder, beheaded, { recursive: true });
  const [first] = await listLogFiles(beheaded);
  await rm(first?.path ?? "");
  expect(await kindsIn(beheaded, checkpoint)).toEqual(["missing"]);

  const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
  const gone = await store.prune(150, (head) => signCheckpoint({ origin, ...head, at_ms: NOON_MS }, signer));
  await store.close();
  expect(gone?.size).toBeGreaterThan(0);
  expect(await kindsIn(folder, checkpoint)).toEqual([]);
  const early = signCheckpoint({ origin, size: 1, hash: "1".repeat(64), at_ms: NOON_MS }, signer);
  expect((await verdictOn(folder, early)).unproven.join()).toMatch(/older than what is kept/);
});

test("an entry taken out of the middle is missed", async () => {
  const folder = await writtenLog(100);
  const [, middle] = await listLogFiles(folder);
  await rm(middle?.path ?? "");
  expect(await kindsIn(folder)).toEqual(["missing"]);
});
