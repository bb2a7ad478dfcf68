import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ApiEvent } from "../api/types.ts";
import { presence, stopVisit } from "../testing/fake-events.ts";
import {
  changeList,
  type EventList,
  type EventListChange,
  emptyList,
  KEPT_MIN,
  mergeEvents,
  shownEvents,
} from "./event-list.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const FILTER = {};
/** The yard event of a minute of the day, at a revision: the scenes below are written in minutes. */
const at = (minute: number, revision = 0) => presence(`t${minute}`, NOON_MS + minute * 60_000, { revision });
const minutes = (list: EventList) =>
  shownEvents(list).map(({ time, revision }) => `${(Date.parse(time) - NOON_MS) / 60_000}.${revision}`);
const play = (...changes: EventListChange[]) => changes.reduce(changeList, emptyList(FILTER));
const newest = (events: readonly ApiEvent[], cursor?: string): EventListChange => ({
  kind: "newest",
  filter: FILTER,
  page: { events, ...(cursor && { cursor }) },
});
const live = (...events: readonly ApiEvent[]): EventListChange => ({ kind: "live", events });

describe("the list of events", () => {
  test("grows at its head, newest first, and counts what is new", () => {
    const list = play(newest([at(2), at(1)]), live(at(4), at(3)));
    expect(minutes(list)).toEqual(["4.0", "3.0", "2.0", "1.0"]);
    expect(list.arrived).toBe(2);
  });

  test("replaces an event by its higher revision in place, and never by a lower one", () => {
    const list = play(newest([at(3), at(2), at(1)]), live(at(2, 2)), live(at(2, 1)));
    expect(minutes(list)).toEqual(["3.0", "2.2", "1.0"]);
    expect(list.arrived).toBe(0);
  });

  test("drops a withdrawn event and does not let an older revision bring it back", () => {
    const withdrawn = presence("t2", NOON_MS + 120_000, { revision: 3, state: "withdrawn" });
    expect(minutes(play(newest([at(2), at(1)]), live(withdrawn), live(at(2, 1))))).toEqual(["1.0"]);
  });

  test("older pages come below, up to the last", () => {
    const older: EventListChange = { kind: "older", filter: FILTER, page: { events: [at(2), at(1)] } };
    const list = play(newest([at(4), at(3)], "next"), older);
    expect(minutes(list)).toEqual(["4.0", "3.0", "2.0", "1.0"]);
    expect(list.older).toBeUndefined();
  });

  test("an answer to a question that was replaced since changes nothing", () => {
    const late = newest([at(1)]);
    expect(minutes(changeList(emptyList({ kind: "transit" }), late))).toEqual([]);
  });

  test("a late event below what is loaded waits for its page", () => {
    expect(minutes(play(newest([at(9), at(8)], "next"), live(at(1))))).toEqual(["9.0", "8.0"]);
    expect(minutes(play(newest([at(9), at(8)]), live(at(1))))).toEqual(["9.0", "8.0", "1.0"]);
  });

  test("after a break a page that meets the list fills it, one that does not replaces it", () => {
    const before = [newest([at(2), at(1)], "a")] as const;
    expect(minutes(play(...before, newest([at(3), at(2)], "b")))).toEqual(["3.0", "2.0", "1.0"]);
    const after = play(...before, newest([at(9), at(8)], "b"));
    expect([minutes(after), after.older]).toEqual([["9.0", "8.0"], { cursor: "b" }]);
  });

  test("keeps so many and asks for the rest by time", () => {
    const list = play(newest([]), live(...Array.from({ length: KEPT_MIN + 5 }, (_, minute) => at(minute))));
    expect(list.events.length).toBe(KEPT_MIN);
    expect(list.older).toEqual({ to: "2026-11-22T12:05:00.001Z" });
  });

  test("takes no live event that the filter leaves out, but every revision of a listed one", () => {
    const filter = { kind: "yard" } as const;
    const listed = stopVisit("x", NOON_MS, 0);
    const asked = [
      { kind: "asked", filter },
      { kind: "newest", filter, page: { events: [listed] } },
    ] as const;
    const list = play(...asked, live({ ...listed, revision: 1 }, stopVisit("y", NOON_MS, 0)));
    expect(list.events.map(({ revision }) => revision)).toEqual([1]);
  });
});

test("any order and repetition of the same revisions gives the same list", () => {
  const statement = fc.record({ minute: fc.nat(6), revision: fc.nat(4) });
  const said = fc
    .array(statement, { maxLength: 30 })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
  fc.assert(
    fc.property(said, ([once, again]) => {
      const merged = (all: typeof once) =>
        all.reduce<readonly ApiEvent[]>(
          (known, { minute, revision }) => mergeEvents(known, [at(minute, revision)]),
          [],
        );
      expect(merged(again)).toEqual(merged(once));
    }),
    { numRuns: 100 },
  );
});
