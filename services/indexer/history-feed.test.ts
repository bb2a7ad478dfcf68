import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { AppError } from "@yardline/domain/errors";
import { isoOf, systemClock } from "@yardline/domain/time";
import { cameraLost } from "@yardline/events/camera-lost";
import type { State } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { writeEvent } from "@yardline/events/write-event";
import { openDuckHistory } from "@yardline/history/duckdb";
import type { History } from "@yardline/history/history";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { type HistoryFeedParts, runHistoryFeed } from "./history-feed.ts";

const MINUTE_MS = 60_000;
const statement = { tenant: "town", severity: "info" } as const;
const today = isoOf(Date.now()).slice(0, 10).replaceAll("-", "");

/** Bus 0417 calls at the n-th stop of the 06:12, so many minutes late. */
function visit(n: number, late_min: number, revision: number, state: State, timezone = "Europe/Kyiv") {
  const scheduled_ms = Date.parse(`${isoOf(Date.now()).slice(0, 10)}T06:00:00Z`) + n * MINUTE_MS;
  const arrived_ms = scheduled_ms + late_min * MINUTE_MS;
  const data = {
    feed: "town",
    service_date: today,
    trip_id: "7-0612",
    route_id: "r7",
    direction_id: 1,
    stop_id: `stop-${n}`,
    stop_sequence: n,
    vehicle_id: "0417",
    scheduled_at: isoOf(scheduled_ms),
    timezone,
    arrived_at: isoOf(arrived_ms),
    ...(state === "closed" && { departed_at: isoOf(arrived_ms + MINUTE_MS), ended: "departed" as const }),
    delay_s: late_min * 60,
  };
  return writeEvent(
    stateEvent(transitStopVisit, data, { ...statement, source: "feed/town", revision, state }),
  );
}

function gap() {
  const data = { camera: "yard", since: "2026-11-22T06:00:00.000Z", why: "silent" as const, attempts: 1 };
  const said = { ...statement, source: "camera/yard", revision: 0, state: "open" } as const;
  return writeEvent(stateEvent(cameraLost, data, said));
}

async function town() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-feed-"));
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock, keep_ms: 86_400_000 });
  const history = await openDuckHistory({
    folder: join(folder, "history"),
    clock: systemClock,
    memory_mb: 256,
  });
  const stop = new AbortController();
  const running: Promise<void>[] = [];
  onTestFinished(async () => {
    stop.abort();
    await Promise.allSettled(running);
    await Promise.all([bus.close(), history.close()]);
    await rm(folder, { recursive: true });
  });
  const publish = (...bodies: readonly Uint8Array[]) =>
    bus.publish(
      "events",
      bodies.map((body, n) => ({ key: `${n}`, source: "feed/town", body })),
    );
  const start = (other: Partial<HistoryFeedParts> = {}) => {
    const run = runHistoryFeed({
      bus,
      history,
      log: pino({ level: "silent" }),
      signal: stop.signal,
      ...other,
    });
    running.push(run.catch(() => {}));
    return run;
  };
  const caughtUp = () => eventually(async () => expect(await bus.lag("events", "history")).toBe(0), 15_000);
  const filter = { tenant: "town", from: today, to: today };
  const delays = async () => {
    const by = ["stop_id", "direction_id"] as const;
    const rows = await history.percentiles({ measure: "delay_s", filter, by, percentiles: [0.5] });
    return rows.map(({ group, values }) => `${group.stop_id} ${group.direction_id} ${values[0]}`);
  };
  return { bus, history, publish, start, caughtUp, delays };
}

test("stop visits reach the history, each by its last revision, withdrawn ones leave it, all else is passed over", async () => {
  const { publish, start, caughtUp, delays } = await town();
  await publish(visit(0, 1, 0, "open"), gap(), new TextEncoder().encode("{"), visit(0, 2, 1, "closed"));
  await publish(visit(1, 5, 0, "open"), visit(2, 5, 0, "open", "Mars/Olympus"), visit(1, 5, 1, "withdrawn"));
  void start();
  await caughtUp();
  expect(await delays()).toEqual(["stop-0 1 120"]);
});

test("while the history is away nothing is lost", async () => {
  const { bus, history, publish, start, caughtUp, delays } = await town();
  let isAway = true;
  const away = new AppError("HISTORY_UNAVAILABLE", "The disk is full.", { retryable: true });
  const flaky: Pick<History, "append"> = {
    append: (visits) => (isAway ? Promise.reject(away) : history.append(visits)),
  };
  void start({ history: flaky });
  await publish(visit(0, 1, 0, "open"));
  await eventually(async () => expect(await bus.lag("events", "history")).toBe(1));
  isAway = false;
  await caughtUp();
  expect(await delays()).toEqual(["stop-0 1 60"]);
});

test("a history that no waiting mends ends it with the reason", async () => {
  const { publish, start } = await town();
  const damaged = new AppError("STORE_DAMAGED", "The file is damaged.");
  const run = start({ history: { append: () => Promise.reject(damaged) } });
  await publish(visit(0, 1, 0, "open"));
  await expect(run).rejects.toBe(damaged);
});
