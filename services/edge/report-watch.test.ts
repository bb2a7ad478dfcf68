import fc from "fast-check";
import { expect, test } from "vitest";
import { type Heard, QUIET_MS_MIN, type Report, ReportWatch, RULES_MAX } from "./report-watch.ts";

const crossing: Heard = {
  kind: "line-crossing",
  rule: "gate",
  active: true,
  lasts: false,
  at_ms: 5,
  label: undefined,
};
const alarm = (active: boolean): Heard => ({ ...crossing, kind: "motion", rule: "", active, lasts: true });

/** What is told, a second a step: at which second, and what. */
function told(heardAt: (second: number) => readonly Heard[], seconds: number): string[] {
  const watch = new ReportWatch();
  return Array.from({ length: seconds }, (_, second) => {
    const now_ms = second * 1_000;
    const reports = [...heardAt(second).flatMap((each) => watch.take(each, now_ms)), ...watch.tick(now_ms)];
    return reports.map(
      ({ state, reports: count, ended }) => `${second} ${state} ${count}${ended ? ` ${ended}` : ""}`,
    );
  }).flat();
}

test("crossings that follow each other are one happening, told at once and when it is quiet", () => {
  expect(told((second) => ([3, 5, 9].includes(second) ? [crossing] : []), 30)).toEqual([
    "3 open 1",
    "19 closed 3 quiet",
  ]);
});

test("an alarm that is on goes on until it is off, however silent the camera is", () => {
  expect(told((second) => ({ 1: [alarm(true)], 500: [alarm(false)] })[second] ?? [], 520)).toEqual([
    "1 open 1",
    "510 closed 1 quiet",
  ]);
});

test("an alarm that flaps all day is some events, each telling how often", () => {
  const day_s = 86_400;
  const opened = (period_s: number) => {
    const lines = told(
      (second) => [alarm(second % period_s < period_s / 2)].filter(() => second % (period_s / 2) === 0),
      day_s,
    );
    return lines.filter((line) => line.includes("open")).length;
  };
  expect([opened(2), opened(20), opened(60)].every((count) => count < 20)).toBe(true);
});

test("what is not there any more is lost; what was never reported is not ended", () => {
  const watch = new ReportWatch();
  watch.take(crossing, 1_000);
  watch.take(alarm(false), 1_000);
  expect(watch.end(2_000)).toMatchObject([{ state: "closed", kind: "line-crossing", ended: "lost" }]);
  expect(watch.end(3_000)).toEqual([]);
});

test("a camera that invents rules without end is heard of so many", () => {
  const watch = new ReportWatch();
  const many = Array.from({ length: 10_000 }, (_, at) =>
    watch.take({ ...crossing, rule: `r${at}` }, at),
  ).flat();
  expect(many).toHaveLength(RULES_MAX);
  watch.tick(20_000 + QUIET_MS_MIN);
  expect(watch.take({ ...crossing, rule: "new" }, 60_000)).toHaveLength(1);
});

test("whatever comes: opened, then perhaps updated, then closed, its times in order, nothing told twice within the update time", () => {
  const step = fc.record({ wait_ms: fc.nat(120_000), active: fc.boolean(), lasts: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const watch = new ReportWatch();
      let [now_ms, open]: [number, Report | undefined] = [0, undefined];
      for (const { wait_ms, active, lasts } of steps) {
        now_ms += wait_ms;
        for (const report of [...watch.tick(now_ms), ...watch.take({ ...crossing, active, lasts }, now_ms)]) {
          expect(report.state === "open").toBe(open === undefined);
          if (open) expect(report.since_ms).toBe(open.since_ms);
          expect(report.until_ms).toBeGreaterThanOrEqual(report.since_ms);
          open = report.state === "closed" ? undefined : report;
        }
      }
    }),
  );
});
