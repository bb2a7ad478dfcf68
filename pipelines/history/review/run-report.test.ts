import { expect, test } from "vitest";
import { REPORT_OPTIONS } from "./report.ts";
import { reportCsv } from "./report-csv.ts";
import { REPORTS } from "./reports.ts";
import { runReport } from "./run-report.ts";
import { DAY, mornings } from "./testing.ts";

test.for(REPORTS.map(({ name }) => name))(
  "%s: says what its figures mean and how complete they are",
  async (name) => {
    const report = REPORTS.find((each) => each.name === name);
    const { history, timetable, filter } = await mornings(6, (run) =>
      run.trip.trip_id.startsWith("east") ? 90 : undefined,
    );
    const options = { ...REPORT_OPTIONS, before: { from: DAY, to: DAY } };
    if (!report) throw new Error("no report");
    const told = await runReport(report, {
      history,
      timetables: [timetable],
      filter,
      options,
      signal: undefined,
    });
    expect(told.definition).toMatch(/^\p{Lu}.+\.$/u);
    expect(told.completeness).toEqual({
      planned_trips: 6 * 174,
      seen_trips: 36,
      planned_calls: 6 * 870,
      seen_calls: 180,
    });
  },
);

test("whoever has gone is not worked for", async () => {
  const { history, timetable, filter } = await mornings(300, () => undefined);
  const gone = new AbortController();
  gone.abort(new Error("gone"));
  const [report] = REPORTS.filter(({ name }) => name === "completeness");
  if (!report) throw new Error("no report");
  const asked = { history, timetables: [timetable], filter, options: REPORT_OPTIONS, signal: gone.signal };
  await expect(runReport(report, asked)).rejects.toThrow("gone");
});

test("CSV has the columns of all rows, quotes what needs it, and holds no formula", () => {
  const rows = [
    { stop: 'a "b", c', n: 1 / 3 },
    { stop: "=d", p50_s: null, better: true },
  ];
  expect(reportCsv(rows)).toBe('stop,n,p50_s,better\n"a ""b"", c",0.333,,\n\'=d,,,true\n');
});
