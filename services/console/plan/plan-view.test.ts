import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPlan, type PlanView, parsePlan, REPORT_NAMES, reportPath } from "./plan-view.ts";

const TODAY = "2026-10-08";

test("without anything said: on time, the last seven whole days", () => {
  expect(parsePlan("", "", TODAY)).toEqual({
    report: "on-time",
    period: { from: "2026-10-01", to: "2026-10-07" },
    before: { from: "2026-09-24", to: "2026-09-30" },
    ...{ route_id: "", days: "", hourly: false },
  });
});

test("what is no day is passed over", () => {
  const { period } = parsePlan("/moon", "?from=2026-13-45&to=yesterday&days=never", TODAY);
  expect(period).toEqual({ from: "2026-10-01", to: "2026-10-07" });
});

test("every view comes back from its own address, and the question asks for it", () => {
  const day = fc
    .date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const period = fc.record({ from: day, to: day });
  const view: fc.Arbitrary<PlanView> = fc.record({
    report: fc.constantFrom(...REPORT_NAMES),
    ...{ period, before: period, route_id: fc.string(), hourly: fc.boolean() },
    days: fc.constantFrom("", "workdays", "weekend"),
  });
  fc.assert(
    fc.property(view, (wanted) => {
      const { path, search } = formatPlan(wanted);
      const { before, ...back } = parsePlan(path, search, TODAY);
      const { before: wantedBefore, ...rest } = wanted;
      expect(back).toEqual(rest);
      if (wanted.report === "comparison") expect(before).toEqual(wantedBefore);
      const asked = new URL(reportPath(wanted, "csv"), "http://town").searchParams;
      expect(asked.get("route_id") ?? "").toBe(wanted.route_id);
      expect(asked.getAll("weekday")).toHaveLength({ "": 0, workdays: 5, weekend: 2 }[wanted.days]);
    }),
  );
});
