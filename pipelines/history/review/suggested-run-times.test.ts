import { expect, test } from "vitest";
import { ON_TIME_LIMITS } from "./on-time.ts";
import { type RecordedRun, recordedRuns } from "./recorded-runs.ts";
import { suggestRunTimes } from "./suggested-run-times.ts";
import { bestSuggestion, drivesOf } from "./suggestion.ts";
import { mornings } from "./testing.ts";

/** Ten days of the avenue at eight, whose hops take 600 s longer from the third stop on; on every fifth day 300 s more. */
const slow = () =>
  mornings(10, (run, stop, day) =>
    run.trip.trip_id === "east-08:00" ? (stop >= 2 ? 600 + (day % 5 === 4 ? 300 : 0) : 0) : undefined,
  );

test("run times that the recorded days need, the recovery on top, and what they would have done", async () => {
  const { history, timetable, filter } = await slow();
  const { runs, unknown_visits } = await recordedRuns(history, [timetable], filter);
  expect([runs.length, unknown_visits]).toEqual([10, 0]);
  const { rows, now, suggested } = await suggestRunTimes(runs, 0.5);
  // Half of the drives are back after 300 + 600 s, nine of ten after 300 + 900 s.
  expect(rows).toEqual([
    {
      ...{ feed: "town", route_id: "1", direction_id: null, from_stop_id: "east-0", to_stop_id: "east-4" },
      ...{ hour_from: 8, hour_to: 8, complete: 10, seen_to_stop_id: "east-4", days: 10 },
      ...{
        planned_s: 300,
        p10_s: 900,
        p50_s: 900,
        p90_s: 1_200,
        fraction: 0.5,
        suggested_s: 900,
        recovery_s: 300,
      },
      // Two stops on time of four before; then all but those of the two slow days.
      ...{
        on_time_now: 0.5,
        on_time_suggested: 1,
        early_suggested: 0,
        late_suggested: 0,
        better: true,
        on_time_untried: 1,
      },
      stops: "east-0=0 east-1=60 east-2=780 east-3=840 east-4=900",
    },
  ]);
  expect([now, suggested]).toEqual([
    { n: 40, early: 0, on_time: 20, late: 20 },
    { n: 40, early: 0, on_time: 40, late: 0 },
  ]);
});

/** A drive that took so long to each stop of a line of three, planned for 0, 300 and 600 s. */
const drive = (middle_s: number, last_s: number): RecordedRun =>
  ({
    planned_s: Float32Array.of(0, 300, 600),
    actual_s: Float32Array.of(0, middle_s, last_s),
  }) as RecordedRun;

test("each stop goes by its own drives; a stop that few were seen at lies between as planned", () => {
  const drives = drivesOf([100, 200, 300, 400, 500].map((s) => drive(s, 2 * s)));
  const [middle] = [bestSuggestion(drives, 0.5, ON_TIME_LIMITS)];
  expect(middle).toMatchObject({
    complete: 5,
    offsets_s: [0, 300, 600],
    recovery_s: 360,
    p50_s: 600,
    p90_s: 920,
  });
  const blind = drivesOf([900, 900, 900, 900, 900].map((s) => drive(Number.NaN, s)));
  expect(bestSuggestion(blind, 0.5, ON_TIME_LIMITS)?.offsets_s).toEqual([0, 480, 900]);
});

test("the best fraction is the one by which most departures are on time", () => {
  // Nine of ten take 600 s; by a longer time than that they would leave early.
  const drives = drivesOf([...Array<number>(9).fill(600), 1_800].map((s) => drive(s, s + 300)));
  const best = bestSuggestion(drives, undefined, ON_TIME_LIMITS);
  expect(best?.offsets_s[1]).toBe(600);
});

test("too few drives, or none near the end, suggest nothing", () => {
  expect(bestSuggestion(drivesOf([1, 2, 3, 4].map((s) => drive(s, s))), 0.5, ON_TIME_LIMITS)).toBeUndefined();
  const lost = [300, 300, 300, 300, 300].map((s) => drive(s, Number.NaN));
  expect(bestSuggestion(drivesOf(lost), 0.5, ON_TIME_LIMITS)).toBeUndefined();
});
