import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { readEvent } from "@yardline/events/read-event";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";

const KILLED_AFTER_MS = [5, 60, 17, 140, 33];
const child = new URL("./fixtures/state-until-killed.ts", import.meta.url);

test("over kills -9 no statement is lost, no revision goes back or means two things", {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-producer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const acknowledged: string[] = [];
  for (const [round, after_ms] of KILLED_AFTER_MS.entries()) {
    acknowledged.push(...(await runUntilKilled(child, [folder, `${round}`], after_ms)));
  }

  const seen = new Map<string, string>();
  const highest = new Map<string, number>();
  const said = new Set<string>();
  for (const event of await everythingSaid(folder)) {
    const content = JSON.stringify([event.state, event.data]);
    expect(seen.get(event.id) ?? content).toBe(content);
    seen.set(event.id, content);
    // Word for word again after a kill is allowed; going back further than the last one is not.
    expect(event.revision).toBeGreaterThanOrEqual(highest.get(event.occurrence) ?? 0);
    highest.set(event.occurrence, event.revision);
    said.add(`${event.data["camera"]} ${event.data["attempts"]}`);
  }
  expect(acknowledged.filter((line) => !said.has(line))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(KILLED_AFTER_MS.length);
});

async function everythingSaid(folder: string) {
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const all = [];
  const stop = new AbortController();
  const count = await bus.lag("events", "check");
  for await (const batch of bus.subscribe("events", "check", stop.signal)) {
    all.push(...batch.map(({ body }) => readEvent(body)));
    if (all.length >= count) stop.abort();
  }
  await bus.close();
  return all;
}
