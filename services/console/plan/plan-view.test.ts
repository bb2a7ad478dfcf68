import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatPlan,
  isReport,
  MAP_MEASURES,
  monthBefore,
  PAGES,
  type PlanView,
  parsePlan,
} from "./plan-view.ts";
import { reportPath } from "./reports.ts";

const TODAY = "2026-10-08";

test("without anything said: the network, the last seven whole days", () => {
  expect(parsePlan("", "", TODAY)).toEqual({
    page: "network",
    period: { from: "2026-10-01", to: "2026-10-07" },
    before: { from: "2026-09-24", to: "2026-09-30" },
    ...{ route_id: "", direction: "", days: "", hours: undefined, hourly: false },
    ...{ measure: "delay", date: "2026-10-07", at_min: undefined, until_min: undefined, chosen: "" },
  });
});

test("what is no day, no hour and no minute is passed over", () => {
  const { period, hours, at_min } = parsePlan(
    "/moon",
    "?from=2026-13-45&to=yesterday&days=never&hours=9-7&at=-5",
    TODAY,
  );
  expect(period).toEqual({ from: "2026-10-01", to: "2026-10-07" });
  expect([hours, at_min]).toEqual([undefined, undefined]);
});

test("a month before, also where that month is shorter", () => {
  expect(["2026-10-08", "2026-03-31", "2026-01-15"].map(monthBefore)).toEqual([
    "2026-09-08",
    "2026-02-28",
    "2025-12-15",
  ]);
});

test("every view comes back from its own address, and the question asks for it", () => {
  const day = fc
    .date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const period = fc.record({ from: day, to: day });
  const hours = fc
    .tuple(fc.nat(23), fc.nat(23))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const minute = fc.option(fc.nat(2_880), { nil: undefined });
  const view: fc.Arbitrary<PlanView> = fc.record({
    page: fc.constantFrom(...PAGES),
    ...{ period, before: period, route_id: fc.string(), hourly: fc.boolean(), date: day },
    direction: fc.constantFrom("", "0", "1"),
    days: fc.constantFrom("", "workdays", "weekend"),
    hours: fc.option(hours, { nil: undefined }),
    ...{ measure: fc.constantFrom(...MAP_MEASURES), at_min: minute, until_min: minute, chosen: fc.string() },
  });
  fc.assert(
    fc.property(view, (wanted) => {
      const { path, search } = formatPlan(wanted);
      const back = parsePlan(path, search, TODAY);
      const ofPage = {
        ...wanted,
        ...(wanted.page !== "comparison" && { before: back.before }),
        ...(wanted.page !== "network" && { measure: back.measure }),
        ...(!["line", "replay"].includes(wanted.page) && {
          ...{ date: back.date, at_min: undefined, until_min: undefined },
        }),
        ...(isReport(wanted.page) && { chosen: "" }),
      };
      expect(back).toEqual(ofPage);
      const asked = new URL(reportPath("on-time", wanted, "csv"), "http://town").searchParams;
      expect(asked.get("route_id") ?? "").toBe(wanted.route_id);
      expect(asked.get("direction_id") ?? "").toBe(wanted.direction);
      expect(asked.getAll("weekday")).toHaveLength({ "": 0, workdays: 5, weekend: 2 }[wanted.days]);
      expect(asked.getAll("hour")).toHaveLength(wanted.hours ? wanted.hours.to - wanted.hours.from + 1 : 0);
    }),
  );
});
