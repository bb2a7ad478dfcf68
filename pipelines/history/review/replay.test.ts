import { expect, test } from "vitest";
import { type Moment, paceOf, replayDay } from "./replay.ts";
import { DAY, mornings } from "./testing.ts";

const at = (time: string) => Date.parse(`2026-06-01T${time}+03:00`);
const clock = (ms: number) => new Date(ms + 3 * 3_600_000).toISOString().slice(11, 19);

async function play(since_ms?: number) {
  const { history, timetable } = await mornings(1, ({ trip }, stop) => {
    if (trip.trip_id === "east-08:00") return stop < 4 ? 30 : 0;
    return trip.trip_id === "round-08:00" && stop === 1 ? -60 : undefined;
  });
  const day = { tenant: "town", date: DAY, ...(since_ms !== undefined && { since_ms }) };
  const moments: Moment[] = [];
  for await (const moment of replayDay(history, [timetable], day)) moments.push(moment);
  return moments;
}

test("a day moment by moment, in the order of time", async () => {
  const moments = await play();
  expect(
    moments.map(({ at_ms, what, stop_id, delay_s }) => `${clock(at_ms)} ${what} ${stop_id} ${delay_s}`),
  ).toEqual([
    "08:00:30 arrived east-0 30",
    "08:00:30 departed east-0 30",
    "08:01:30 arrived circle-1 -60",
    "08:01:30 departed circle-1 -60",
    "08:01:45 arrived east-1 30",
    "08:01:45 departed east-1 30",
    "08:03:00 arrived east-2 30",
    "08:03:00 departed east-2 30",
    "08:04:15 arrived east-3 30",
    "08:04:15 departed east-3 30",
    "08:05:00 arrived east-4 0",
  ]);
  expect(moments[0]?.place?.latitude).toBeCloseTo(49.8, 2);
});

test("from some moment on", async () => {
  expect((await play(at("08:03:00"))).map(({ stop_id }) => stop_id)).toEqual([
    ...["east-2", "east-2", "east-3", "east-3", "east-4"],
  ]);
});

test("played sixty times as fast as it was", async () => {
  const waits: number[] = [];
  let now_ms = 1_000;
  const wait = async (ms: number) => {
    waits.push(ms);
    now_ms += ms;
  };
  const pace = paceOf(60, wait, () => now_ms);
  for (const moment of await play()) await pace(moment);
  expect(waits).toEqual([1_000, 250, 1_250, 1_250, 750]);
});
