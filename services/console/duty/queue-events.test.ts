import { expect, test } from "vitest";
import { presence } from "../testing/fake-events.ts";
import { changeEvents, QUEUE_EVENTS_MAX, type QueueEvents } from "./queue-events.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const event = (track: string, severity: "info" | "notice" | "alarm", revision = 0, at = 0) => ({
  ...presence(track, NOON_MS + at, { revision }),
  severity,
});
const EMPTY: QueueEvents = { all: false, list: [], loaded: false };
const shown = ({ list, loaded }: QueueEvents) => [
  list.map(({ data, revision }) => `${data["track"]}.${revision}`).join(" "),
  loaded,
];

test("only what may need somebody comes in, unless everything is asked for", () => {
  const events = [event("a", "info"), event("b", "notice", 0, 1), event("c", "alarm", 0, 2)];
  const grave = changeEvents(EMPTY, { kind: "more", all: false, events, loaded: true });
  expect(shown(grave)).toEqual(["c.0 b.0", true]);
  const all = changeEvents(grave, { kind: "all", all: true });
  expect(shown(all)).toEqual(["", false]);
  expect(shown(changeEvents(all, { kind: "more", all: true, events }))).toEqual(["c.0 b.0 a.0", false]);
});

test("an answer to the question before the last changes nothing", () => {
  const all = changeEvents(EMPTY, { kind: "all", all: true });
  expect(changeEvents(all, { kind: "more", all: false, events: [event("b", "notice")] })).toBe(all);
  expect(changeEvents(all, { kind: "all", all: true })).toBe(all);
});

test("what is there stays, also when it turned out to be less grave; an older revision brings nothing back", () => {
  const first = changeEvents(EMPTY, { kind: "more", all: false, events: [event("a", "notice", 1)] });
  const milder = changeEvents(first, { kind: "more", all: false, events: [event("a", "info", 2)] });
  const late = changeEvents(milder, { kind: "more", all: false, events: [event("a", "notice", 1)] });
  expect(shown(late)).toEqual(["a.2", false]);
});

test("after ten thousand it holds no more than it did", () => {
  let events = EMPTY;
  const one = event("t", "notice");
  for (let at = 0; at < 10_000; at += 500) {
    const more = Array.from({ length: 500 }, (_, nth) => ({
      ...one,
      occurrence: String(at + nth).padStart(6, "0"),
    }));
    events = changeEvents(events, { kind: "more", all: false, events: more });
  }
  expect(events.list.length).toBe(QUEUE_EVENTS_MAX);
  expect(events.list[0]?.occurrence).toBe("009999");
});
