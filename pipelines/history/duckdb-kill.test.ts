import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handClock } from "@yardline/testkit/hand-clock";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import { openDuckHistory } from "./duckdb.ts";
import { Oracle } from "./oracle.ts";
import { batchOf, EVERY_DAY, NOON_MS } from "./scenes.ts";

/** From the first batch on: some in the start of DuckDB's process, most while it closes days. */
const KILLED_AFTER_MS = [5, 700, 1100, 350, 900, 1500];
const child = new URL("./fixtures/append-until-killed.ts", import.meta.url);
const asked = { filter: EVERY_DAY, by: ["service_date", "stop_id"] } as const;

test("what was acknowledged before kill -9 is there once, closed days and corrected ones alike", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-history-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const oracle = new Oracle();
  let next = 0;
  for (const after_ms of KILLED_AFTER_MS) {
    const kept = await runUntilKilled(child, [folder, `${next}`], after_ms);
    const last = Number(kept.at(-1) ?? next - 1);
    for (; next <= last; next++) oracle.append(batchOf(next));
    const history = await openDuckHistory({ folder, clock: handClock(NOON_MS), memory_mb: 256, threads: 1 });
    // The batch that was being appended may be there as well; appending it again changes nothing then.
    await history.append(batchOf(next));
    oracle.append(batchOf(next));
    next++;
    expect(await history.counts(asked)).toEqual(oracle.counts(asked));
    const delays = { ...asked, measure: "delay_s", percentiles: [0, 0.5, 1] } as const;
    const figures = (rows: readonly { readonly values: readonly number[] }[]) =>
      rows.map(({ values }) => values);
    expect(figures(await history.percentiles(delays))).toEqual(figures(oracle.percentiles(delays)));
    await history.close();
  }
  expect(next).toBeGreaterThan(KILLED_AFTER_MS.length * 5);
  // Days were closed in between, and of what was half written nothing is left.
  const files = await readdir(join(folder, "days"));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((name) => !/^\d{8}\.\d+\.parquet$/.test(name))).toEqual([]);
});
