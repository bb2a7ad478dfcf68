import { AppError } from "@yardline/domain/errors";
import type { Change, Row } from "@yardline/records/records";
import { handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Operations } from "./operations.ts";
import { EIGHT_MS, timetable } from "./testing/town.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Records in memory whose server can be away. */
function memoryRecords() {
  const rows = new Map<string, Row>();
  let away = false;
  const here = () => {
    if (away) throw new AppError("RECORDS_UNAVAILABLE", "The server is away.", { retryable: true });
  };
  return {
    setAway(is: boolean) {
      away = is;
    },
    find: async (kind: string, id: string) => rows.get(`${kind} ${id}`),
    findAll: async (kind: string, ids: readonly string[]) => {
      here();
      return ids.flatMap((id) => rows.get(`${kind} ${id}`) ?? []);
    },
    list: async () => [],
    dropBefore: async () => undefined,
    write: async (changes: readonly Change[]) => {
      for (const { kind, id, value } of changes) {
        rows.set(`${kind} ${id}`, {
          kind,
          id,
          value,
          revision: (rows.get(`${kind} ${id}`)?.revision ?? 0) + 1,
        });
      }
    },
  };
}

test("who cannot ask what was decided shows nothing after 20 s, and all again once it knows", async () => {
  const records = memoryRecords();
  const stop = new AbortController();
  const settings = {
    records,
    network: { timetables: [timetable] },
    clock: handClock(EIGHT_MS),
    log: pino({ level: "silent" }),
  };
  const operations = await Operations.open(settings, stop.signal);
  expect(operations.policy.town.show).toBe("on");
  records.setAway(true);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(operations.policy.town.show).toBe("on");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(operations.policy.town.show).toBe("off");
  records.setAway(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(operations.policy.town.show).toBe("on");
  stop.abort();
});

test("a decision that this version cannot read hides everything", async () => {
  const records = memoryRecords();
  const stop = new AbortController();
  const settings = {
    records,
    network: { timetables: [timetable] },
    clock: handClock(EIGHT_MS),
    log: pino({ level: "silent" }),
  };
  await records.write([{ kind: "transit-operations", id: "public-positions", value: { policy: "blurred" } }]);
  const operations = await Operations.open(settings, stop.signal);
  expect(operations.policy.town.show).toBe("off");
  stop.abort();
});
