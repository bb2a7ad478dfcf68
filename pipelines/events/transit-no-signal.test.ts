import { expect, test } from "vitest";
import { sentencesAt } from "./testing.ts";
import { transitNoSignal } from "./transit-no-signal.ts";

test("says where it was last heard of", () => {
  expect(sentencesAt(transitNoSignal, { last_seen_at: "2026-11-22T06:25:00.000Z" })).toEqual([
    "Автобус 0417, маршрут 7: сигнал зник перед зупинкою «Ринок».",
    "Автобус 0417, маршрут 7: сигнал пропал перед остановкой «Ринок».",
    "Bus 0417 on line 7 fell silent before “Ринок”.",
  ]);
});
