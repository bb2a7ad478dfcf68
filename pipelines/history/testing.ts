import { type HandClock, handClock } from "@yardline/testkit/hand-clock";
import { dayAfter } from "@yardline/timetable/service-day";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { histories, questions } from "./arbitraries.ts";
import type { Dimension, History, PercentileQuery, StopVisit, VisitFilter } from "./history.ts";
import { differences, Oracle } from "./oracle.ts";
import { CLOSED, EVERY_DAY, NOON_MS, OLDEST, TODAY, visitOf, YESTERDAY } from "./scenes.ts";

/** A history that can be told to close its days now. */
export type ClosingHistory = History & { closeDays(): Promise<void> };

/** Where a history keeps its visits: opening it again finds what was there. */
export type HistoryPlace = {
  open(clock: HandClock): Promise<ClosingHistory>;
  /** Afterwards nothing of it is left. */
  remove(): Promise<void>;
};

/** What every history must do; each adapter's test file calls this with a place of its own. */
export function describeHistory(name: string, create: () => Promise<HistoryPlace>): void {
  const start = async () => {
    const place = await create();
    const clock = handClock(NOON_MS);
    let history = await place.open(clock);
    onTestFinished(async () => {
      await history.close();
      await place.remove();
    });
    const reopen = async () => {
      await history.close();
      history = await place.open(clock);
      return history;
    };
    return { history, clock, reopen };
  };
  const delays = (history: History, by: readonly Dimension[], filter: Partial<VisitFilter> = {}) =>
    history.percentiles({ measure: "delay_s", filter: { ...EVERY_DAY, ...filter }, by, percentiles: [0.5] });
  const visitsIn = async (history: History) =>
    (await history.counts({ filter: EVERY_DAY, by: ["service_date"] })).map(
      ({ group, visits, trips }) => `${group.service_date} ${visits} of ${trips}`,
    );

  describe(name, () => {
    test("says nothing of nothing", async () => {
      const { history } = await start();
      expect(await history.append([])).toEqual({ taken: 0, kept: 0, refused: 0 });
      expect([await delays(history, []), await visitsIn(history)]).toEqual([[], []]);
    });

    test("percentiles lie between the figures, by what was asked for, sorted", async () => {
      const { history } = await start();
      const line = [1, 2, 3, 5].map((late, n) => visitOf(n, late, { stop_id: "rynok" }));
      const other = visitOf(0, -1, { route_id: "r10", vehicle_id: "0300", hour: 9 });
      await history.append([...line, other]);
      expect(
        await history.percentiles({
          measure: "delay_s",
          filter: EVERY_DAY,
          by: ["route_id", "hour"],
          percentiles: [0, 0.5, 0.85, 1],
        }),
      ).toEqual([
        { group: { route_id: "r10", hour: 9 }, n: 1, mean: -60, values: [-60, -60, -60, -60] },
        { group: { route_id: "r7", hour: 8 }, n: 4, mean: 165, values: [60, 150, expect.closeTo(246), 300] },
      ]);
    });

    test("a distribution counts classes, and adds up figures and their squares", async () => {
      const { history } = await start();
      await history.append([-1, 0, 1, 5].map((late, n) => visitOf(n, late)));
      const query = { measure: "delay_s", filter: EVERY_DAY, by: ["route_id"] } as const;
      expect(await history.distribution({ ...query, edges: [-60, 60, 300] })).toEqual([
        { group: { route_id: "r7" }, n: 4, sum: 300, squares: 97_200, classes: [0, 2, 1, 1] },
      ]);
      await expect(history.distribution({ ...query, edges: [60, 0] })).rejects.toMatchObject({
        code: "HISTORY_QUERY",
      });
    });

    test("a filter narrows by all of its lists", async () => {
      const { history } = await start();
      await history.append([
        visitOf(0, 1),
        visitOf(1, 2, { direction_id: 1, hour: 23 }),
        visitOf(2, 4, { tenant: "other" }),
      ]);
      const { direction_id, ...undirected } = visitOf(3, 8);
      await history.append([undirected]);
      const medianOf = async (filter: Partial<VisitFilter>) =>
        (await delays(history, [], filter)).map(({ values }) => values[0]);
      expect(
        await Promise.all([
          medianOf({}),
          medianOf({ direction_ids: [0, 1] }),
          medianOf({ hours: [23], direction_ids: [1] }),
          medianOf({ stop_ids: ["stop-3"], days_of_week: [6], feeds: ["town"], route_ids: ["r7"] }),
          medianOf({ days_of_week: [7] }),
          medianOf({ tenant: "other" }),
          medianOf({ from: TODAY }),
        ]),
      ).toEqual([[120], [90], [120], [480], [], [240], []]);
      expect(await delays(history, ["direction_id"])).toMatchObject([
        { group: { direction_id: null } },
        { group: { direction_id: 0 } },
        { group: { direction_id: 1 } },
      ]);
    });

    test("run times, dwell and headways come from the visits beside", async () => {
      const { history } = await start();
      const bus = (vehicle_id: string, start_min: number, trip: string) =>
        [0, 1, 2].map((n) => visitOf(n, start_min, { vehicle_id, trip_id_scheduled: trip }));
      const { actual_departure_ms, ...lost } = visitOf(3, 1, { trip_id_scheduled: "7-0800" });
      await history.append([...bus("0417", 1, "7-0800"), lost, ...bus("0418", 8, "7-0807")]);
      const of = async (measure: PercentileQuery["measure"], by: readonly Dimension[]) =>
        (await history.percentiles({ measure, filter: EVERY_DAY, by, percentiles: [0.5] })).map(
          ({ group, n, values }) => `${Object.values(group).join(" ")}: ${n} × ${values[0]}`,
        );
      expect(await of("running_time_s", ["stop_id", "next_stop_id"])).toEqual([
        "stop-0 stop-1: 2 × 30",
        "stop-1 stop-2: 2 × 30",
        "stop-2 stop-3: 1 × 30",
      ]);
      expect(await of("dwell_s", [])).toEqual([": 6 × 30"]);
      expect(await of("departure_delay_s", ["stop_id"])).toEqual([
        "stop-0: 2 × 300",
        "stop-1: 2 × 300",
        "stop-2: 2 × 300",
      ]);
      expect(await of("headway_s", ["stop_id"])).toEqual([
        "stop-0: 1 × 420",
        "stop-1: 1 × 420",
        "stop-2: 1 × 420",
      ]);
    });

    test("the highest revision of each visit counts, whenever it comes; a withdrawn one counts nowhere", async () => {
      const { history, reopen } = await start();
      const said = [0, 1, 2].map((revision) => visitOf(0, revision + 1, { revision }));
      expect(await history.append([said[1], said[0], said[1]].filter((each) => each !== undefined))).toEqual({
        taken: 1,
        kept: 2,
        refused: 0,
      });
      expect(await delays(history, [])).toMatchObject([{ n: 1, values: [120] }]);
      const again = await reopen();
      await again.append(said);
      expect(await delays(again, [])).toMatchObject([{ n: 1, values: [180] }]);
      await again.append([visitOf(0, 3, { revision: 3, withdrawn: true })]);
      await again.append(said);
      expect(await delays(again, [])).toEqual([]);
    });

    test("of an equal revision the greater occurrence counts: a timetable was replaced", async () => {
      const { history } = await start();
      await history.append([visitOf(0, 2, { occurrence: "0b" }), visitOf(0, 1, { occurrence: "0a" })]);
      expect(await delays(history, [])).toMatchObject([{ n: 1, values: [120] }]);
    });

    test("a day that is closed says what it said before, takes corrections, and is closed anew", async () => {
      const { history, reopen } = await start();
      const day = [0, 1, 2].map((n) => visitOf(n, n, { service_date: CLOSED, revision: 1 }));
      await history.append([...day, visitOf(0, 7)]);
      const questions = async (asked: History) => [
        await delays(asked, ["service_date", "stop_id"]),
        await asked.percentiles({
          measure: "running_time_s",
          filter: EVERY_DAY,
          by: ["next_stop_id"],
          percentiles: [0.9],
        }),
        await visitsIn(asked),
      ];
      const before = await questions(history);
      await history.closeDays();
      expect(await questions(history)).toEqual(before);
      expect(await questions(await reopen())).toEqual(before);

      const again = await reopen();
      await again.append([
        visitOf(1, 60, { service_date: CLOSED, revision: 2 }),
        visitOf(2, 2, { service_date: CLOSED, revision: 2, withdrawn: true }),
        visitOf(0, 99, { service_date: CLOSED }),
      ]);
      const corrected = [`${CLOSED} 2 of 1`, `${YESTERDAY} 1 of 1`];
      expect(await visitsIn(again)).toEqual(corrected);
      expect(await delays(again, [], { to: CLOSED })).toMatchObject([{ n: 2, values: [1800] }]);
      await again.closeDays();
      expect(await visitsIn(again)).toEqual(corrected);
      await again.append(day);
      expect(await visitsIn(again)).toEqual(corrected);
      await again.closeDays();
      expect(await visitsIn(await reopen())).toEqual(corrected);
    });

    test("counts a large town's day, hot and closed", async () => {
      const { history } = await start();
      const days = [YESTERDAY, CLOSED].map((service_date) =>
        Array.from({ length: 6_000 }, (_, n) =>
          visitOf(n % 30, n % 7, { service_date, trip_id_scheduled: `7-${Math.floor(n / 30)}` }),
        ),
      );
      for (const day of days) await history.append(day);
      const before = [`${CLOSED} 6000 of 200`, `${YESTERDAY} 6000 of 200`];
      expect(await visitsIn(history)).toEqual(before);
      await history.closeDays();
      expect(await visitsIn(history)).toEqual(before);
    });

    test("days that are long over or not yet come are refused, and the others of the call taken", async () => {
      const { history } = await start();
      const days = [dayAfter(OLDEST, -1), OLDEST, dayAfter(TODAY, 1), dayAfter(TODAY, 2)];
      const visits = days.map((service_date) => visitOf(0, 0, { service_date }));
      expect(await history.append(visits)).toEqual({ taken: 2, kept: 0, refused: 2 });
      expect(await visitsIn(history)).toEqual([`${OLDEST} 1 of 1`, `${dayAfter(TODAY, 1)} 1 of 1`]);
    });

    test.for<[string, Partial<PercentileQuery>]>([
      ["no percentile", { percentiles: [] }],
      ["a percentile above 1", { percentiles: [95] }],
      ["a dimension twice", { by: ["hour", "hour"] }],
      ["next stops of delays", { by: ["next_stop_id"] }],
      ["no tenant", { filter: { ...EVERY_DAY, tenant: "" } }],
      ["no day", { filter: { ...EVERY_DAY, from: "2026-11-22" } }],
      ["days in the wrong order", { filter: { ...EVERY_DAY, from: TODAY, to: YESTERDAY } }],
      ["too many days", { filter: { ...EVERY_DAY, from: "20000101" } }],
      ["an empty list", { filter: { ...EVERY_DAY, stop_ids: [] } }],
    ])("refuses %s", async ([, wrong]) => {
      const { history } = await start();
      const query = { measure: "delay_s", filter: EVERY_DAY, by: [], percentiles: [0.5], ...wrong } as const;
      await expect(history.percentiles(query)).rejects.toMatchObject({ code: "HISTORY_QUERY" });
    });

    test("visits come by arrival, a page after the other, whole", async () => {
      const { history } = await start();
      const visits = [3, 1, 2, 0].map((n) => visitOf(n, 0, { vehicle_id: "a:b%", start_time: "08:00:00" }));
      await history.append([
        ...visits,
        visitOf(9, 0, { withdrawn: true }),
        visitOf(8, 0, { tenant: "other" }),
      ]);
      const page = { filter: EVERY_DAY, limit: 3 };
      expect(await history.visits(page)).toEqual([visits[3], visits[1], visits[2]]);
      expect(await history.visits({ ...page, ...(visits[2] && { after: visits[2] }) })).toEqual([visits[0]]);
    });

    test("says that it is closed", async () => {
      const { history } = await start();
      await history.append([visitOf(0, 1)]);
      await history.close();
      const unavailable = { code: "HISTORY_UNAVAILABLE" };
      await expect(history.append([visitOf(0, 1)])).rejects.toMatchObject(unavailable);
      await expect(delays(history, [])).rejects.toMatchObject(unavailable);
    });

    test("whatever comes in whatever order, it says what the plain one in memory says", {
      timeout: 60_000,
    }, async () => {
      const { history: opened, reopen } = await start();
      let history = opened;
      const oracle = new Oracle();
      const take = async (step: Step, tenant: string) => {
        if (step === "reopen") history = await reopen();
        else if (step === "close") await history.closeDays();
        else {
          const visits = step.map((visit) => ({ ...visit, tenant }));
          oracle.append(visits);
          await history.append(visits);
        }
      };
      let run = 0;
      const property = fc.asyncProperty(histories, questions, async (steps, asked) => {
        // A tenant a run: they do not see each other, so that one history does for all of them.
        const tenant = `town-${run++}`;
        for (const step of steps) await take(step, tenant);
        for (const { filter, percentiles, edges, ...question } of asked) {
          const query = { ...question, filter: { ...filter, tenant } };
          const asPercentiles = { ...query, percentiles };
          const percentilesFound = await history.percentiles(asPercentiles);
          expect(differences(percentilesFound, oracle.percentiles(asPercentiles))).toEqual([]);
          const parted = { ...query, edges };
          expect(await history.distribution(parted)).toEqual(oracle.distribution(parted));
          const counted = { ...query, by: query.by.filter((name) => name !== "next_stop_id") };
          expect(await history.counts(counted)).toEqual(oracle.counts(counted));
        }
        const all = { filter: { ...EVERY_DAY, tenant }, limit: 1_000 };
        const [, , after] = oracle.visits(all);
        const page = { ...all, ...(after && { after }) };
        expect(await history.visits(page)).toEqual(oracle.visits(page));
      });
      const seed = Number(process.env["YARDLINE_SEED"] ?? Date.now() % 2 ** 31);
      await fc.assert(property, { numRuns: RUNS, seed });
    });
  });
}

type Step = "reopen" | "close" | readonly StopVisit[];

const RUNS = 12;
