import { loadTimetable } from "@yardline/timetable/gtfs";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import type { DistributionRow } from "../history.ts";
import { headways } from "./headways.ts";
import { plannedCalls } from "./planned-calls.ts";
import { THAT_DAY } from "./testing.ts";

/** The small town with its lines twice as often: each ten minutes. */
async function frequentTown() {
  const town = smallTown();
  const again = (text = "", shift: (row: string) => string) =>
    text +
    text
      .split("\n")
      .slice(1)
      .filter(Boolean)
      .map((row) => `${shift(row)}\n`)
      .join("");
  return loadTimetable(
    await zipOf({
      ...town,
      "trips.txt": again(town["trips.txt"], (row) => row.replace(/(east|west|round)-/, "$1+")),
      "stop_times.txt": again(town["stop_times.txt"], (row) =>
        row
          .replace(/^(east|west|round)-/, "$1+")
          .replaceAll(/(\d\d):(\d)(\d):/g, (_, hour: string, ten: string, one: string) => {
            const minutes = Number(hour) * 60 + Number(ten) * 10 + Number(one) + 10;
            return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:`;
          }),
      ),
    }),
    "town",
  );
}

const timetable = await frequentTown();
const filter = { ...THAT_DAY, route_ids: ["1"], stop_ids: ["east-0"], hours: [8] };
const group = { feed: "town", route_id: "1", direction_id: null, stop_id: "east-0", hour: 8 };

/** A history in which these headways were seen at that stop in that hour. */
function seen(...headways_s: readonly number[]) {
  return {
    async distribution({
      edges,
    }: {
      readonly edges: readonly number[];
    }): Promise<readonly DistributionRow[]> {
      const classes = Array.from({ length: edges.length + 1 }, () => 0);
      for (const each of headways_s) {
        const at = edges.filter((edge) => each >= edge).length;
        classes[at] = (classes[at] ?? 0) + 1;
      }
      const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
      return [
        {
          group,
          n: headways_s.length,
          sum: add(headways_s),
          squares: add(headways_s.map((each) => each ** 2)),
          classes,
        },
      ];
    },
  };
}
const ask = (...headways_s: readonly number[]) =>
  headways(seen(...headways_s), plannedCalls([timetable], filter), filter);

test("as planned, nobody waits longer", async () => {
  expect(await ask(600, 600, 600)).toEqual([
    { ...group, n: 3, planned_headway_s: 600, mean_headway_s: 600, excess_wait_s: 0, bunched: 0, gaps: 0 },
  ]);
});

test("two buses together and a gap behind them: the same mean, and a longer wait", async () => {
  const [row] = await ask(60, 1140, 600);
  // (60² + 1140² + 600²) / (2 · 1800) = 462 s to wait, 300 s by the timetable.
  expect(row).toMatchObject({ mean_headway_s: 600, bunched: 1 / 3, gaps: 1 / 3 });
  expect(row?.excess_wait_s).toBeCloseTo(162);
});

test("a line that comes seldom is gone to by the timetable, and is not in it", async () => {
  const seldom = await loadTimetable(await zipOf(smallTown()), "town");
  expect(await headways(seen(1200, 1200), plannedCalls([seldom], filter), filter)).toEqual([]);
});
