import { expect, test } from "vitest";
import type { ApiEvent, Incident } from "../api/types.ts";
import { presence, stopVisit } from "../testing/fake-events.ts";
import { findGroup, groupQueue, subjectOf, unattached } from "./queue-groups.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const at = (track: string, minutes: number, change: Partial<ApiEvent> = {}): ApiEvent => ({
  ...presence(track, NOON_MS + minutes * 60_000),
  ...change,
});
const incident = (id: string, events: readonly ApiEvent[], change: Partial<Incident> = {}): Incident => ({
  ...{ id, tenant: "verba", revision: 1, state: "open", title: id, purpose: "order", priority: "normal" },
  ...{ opened_at: "2026-11-22T12:00:00Z", opened_by: "olena", changed_at: "2026-11-22T12:00:00Z" },
  ...{
    cameras: [],
    events: events.map(({ occurrence, source, type, time }) => ({ occurrence, source, type, time })),
  },
  ...change,
});
const shown = (events: readonly ApiEvent[], incidents: readonly Incident[] = []) =>
  groupQueue(events, incidents).map(({ incident: of, events: about, severity }) =>
    [of?.id ?? "-", severity, ...about.map(({ data }) => String(data["track"] ?? data["trip_id"]))].join(" "),
  );

test("what is about the same person is one thing, and the gravest of it leads", () => {
  const seen = at("t1", 0);
  const loiters = at("t1", 4, { type: "yard.loitering", severity: "notice", occurrence: "z" });
  expect(shown([at("t2", 1), seen, loiters])).toEqual(["- notice t1 t1", "- info t2"]);
  expect(groupQueue([seen, loiters], [])[0]?.lead).toBe(loiters);
});

test("one bus on its run is one thing, and so is what its maker says belongs together", () => {
  const late = stopVisit("trip-1", NOON_MS, 120);
  expect(subjectOf(late)).toBe(subjectOf({ ...late, occurrence: "later" }));
  expect(subjectOf(at("t1", 0, { correlationid: "c" }))).toBe(subjectOf(at("t2", 0, { correlationid: "c" })));
  expect(subjectOf(at("t1", 0))).not.toBe(subjectOf(at("t1", 0, { source: "camera/other" })));
});

test("incidents come first, urgent ones before others; what a closed one held has been dealt with", () => {
  const [one, two, three, four] = [at("t1", 1), at("t2", 2), at("t3", 3), at("t4", 4)];
  const incidents = [
    incident("plain", [one]),
    incident("done", [two], { state: "closed" }),
    incident("urgent", [three], { priority: "high" }),
    incident("old", []),
  ];
  expect(shown([four, three, two, one], incidents)).toEqual([
    "urgent info t3",
    "plain info t1",
    "old notice",
    "- info t4",
  ]);
});

test("what happens further to somebody whom an incident is about belongs to it", () => {
  const seen = at("t1", 0);
  const loiters = at("t1", 4, { type: "yard.loitering", severity: "notice", occurrence: "z" });
  expect(shown([loiters, seen], [incident("7", [seen])])).toEqual(["7 notice t1 t1"]);
  expect(unattached(groupQueue([loiters, seen], [incident("7", [seen])])[0])).toEqual([loiters]);
  expect(shown([loiters, seen], [incident("7", [seen], { state: "closed" })])).toEqual(["- notice t1"]);
});

test("an address finds its group, also once it became an incident's", () => {
  const event = at("t1", 0);
  const loose = groupQueue([event], []);
  expect(findGroup(loose, { occurrence: event.occurrence })?.key).toBe("track camera/yard t1");
  const taken = groupQueue([event], [incident("7", [event])]);
  expect(findGroup(taken, { occurrence: event.occurrence })?.key).toBe("incident 7");
  expect(findGroup(taken, { incident: "7" })?.key).toBe("incident 7");
  expect(findGroup(taken, { incident: "8" })).toBeUndefined();
});
