import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { scanAll, townYear } from "@yardline/index/testing";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import { rebuildFolder } from "./rebuild-folder.ts";
import { settleIndex } from "./switch-index.ts";

const NOW_MS = Date.parse("2026-04-01T00:00:00Z");
const KILLED_AFTER_MS = [300, 10, 600, 120, 900, 50];
const child = new URL("./fixtures/rebuild-until-killed.ts", import.meta.url);

test("killed at any moment, and then again, there is one index and nothing of it is lost", {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-rebuild-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const kept = async () => {
    await settleIndex(folder);
    const index = await openEmbeddedIndex({ folder: join(folder, "index") });
    return scanAll(index).finally(() => index.close());
  };
  const first = await openEmbeddedIndex({ folder: join(folder, "index") });
  await first.put(townYear(1_500, 8).filter(({ time }) => time < "2026-03"));
  await first.close();
  const expected = await kept();
  for (const after_ms of KILLED_AFTER_MS) {
    await runUntilKilled(child, [folder, `${NOW_MS}`], after_ms);
    expect(await kept()).toEqual(expected);
  }
  const clock = { ...systemClock, now_ms: () => NOW_MS };
  await rebuildFolder({ folder, clock, report: () => undefined, signal: new AbortController().signal });
  expect(await kept()).toEqual(expected);
  expect((await readdir(folder)).filter((name) => /^index\.(next|before)$/.test(name))).toEqual([]);
});
