import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presence } from "../testing/fake-events.ts";
import { handSources } from "../testing/hand-sources.ts";
import { BATCH_MS, openEventStream } from "./stream.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Streams that a test drives by hand, and everything that was heard of them. */
function scene() {
  const { sources, open } = handSources();
  const heard: string[] = [];
  const stop = openEventStream(open, {
    onState: (state) => heard.push(state),
    onOpen: () => heard.push("opened"),
    onEvents: (events) => heard.push(`${events.length} events`),
  });
  return { sources, heard, stop };
}

const EVENT = JSON.stringify(presence("a", 0));

test("events that come together are handed over together, and what is no event is left out", () => {
  const { sources, heard } = scene();
  sources[0]?.say("open");
  for (const data of [EVENT, "{", "null", '{"occurrence":"x"}', EVENT]) sources[0]?.say("event", data);
  vi.advanceTimersByTime(BATCH_MS);
  expect(heard).toEqual(["connecting", "live", "opened", "2 events"]);
});

test("a cut is told, and what came meanwhile is to be asked for", () => {
  const { sources, heard } = scene();
  sources[0]?.say("error");
  sources[0]?.say("open");
  expect([sources.length, heard]).toEqual([1, ["connecting", "reconnecting", "live", "opened"]]);
});

test("told to stop, it closes and says nothing more", () => {
  const { sources, heard, stop } = scene();
  sources[0]?.say("event", EVENT);
  stop();
  vi.advanceTimersByTime(60_000);
  expect([sources[0]?.closed, heard]).toEqual([true, ["connecting"]]);
});
