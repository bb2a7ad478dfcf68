import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import { originOf } from "./checkpoint.ts";
import { openFileStore } from "./file-store.ts";
import { readFileLog } from "./read-log.ts";
import { deed } from "./testing.ts";
import { verifyLog } from "./verify.ts";

const WRITER = new URL("./fixtures/write-until-killed.ts", import.meta.url);
const NOTHING = { notes: [], checkpoints: [], origin: originOf("town") };

test("killed at any moment, six times over: what was acknowledged is there, and the chain has no break", {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-kill-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  let acknowledged = 0;
  for (const after_ms of [0, 3, 11, 24, 37, 60]) {
    const printed = await runUntilKilled(WRITER, [folder], after_ms);
    const size = Number(printed.at(-1));
    expect(size).toBeGreaterThan(acknowledged);
    acknowledged = size;
    const found = await verifyLog(readFileLog(folder), NOTHING);
    expect(found.entries).toBeGreaterThanOrEqual(acknowledged);
    expect(found.findings.filter(({ kind }) => kind !== "unfinished")).toEqual([]);
  }
  const store = await openFileStore({ folder, file_bytes: 64 * 1024 });
  await store.append([deed()], 1);
  await store.close();
  expect((await verifyLog(readFileLog(folder), NOTHING)).findings).toEqual([]);
});
