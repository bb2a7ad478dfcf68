import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presence } from "../testing/fake-events.ts";
import { BATCH_MS, openEventStream } from "./stream.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** EventSources that a test drives by hand, and everything that was heard of them. */
function scene() {
  const sources: { readyState: number; say(type: string, data?: string): void; closed: boolean }[] = [];
  const heard: string[] = [];
  const open = () => {
    const listeners = new Map<string, (message: { data?: unknown }) => void>();
    const source = {
      readyState: 0,
      closed: false,
      addEventListener: (type: string, listener: (message: { data?: unknown }) => void) =>
        void listeners.set(type, listener),
      say: (type: string, data?: string) => listeners.get(type)?.({ data }),
      close: () => {
        source.closed = true;
      },
    };
    sources.push(source);
    return source;
  };
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

test("a cut that the browser mends itself opens nothing new", () => {
  const { sources, heard } = scene();
  sources[0]?.say("error");
  vi.advanceTimersByTime(60_000);
  sources[0]?.say("open");
  expect([sources.length, heard]).toEqual([1, ["connecting", "reconnecting", "live", "opened"]]);
});

test("a refusal, at which the browser gives up, is tried again, less and less often", () => {
  const { sources } = scene();
  const refuse = () => {
    const last = sources.at(-1);
    if (last) last.readyState = 2;
    last?.say("error");
  };
  const opened = [1_000, 2_000, 4_000].map((wait_ms) => {
    refuse();
    vi.advanceTimersByTime(wait_ms - 1);
    const before = sources.length;
    vi.advanceTimersByTime(1);
    return [before, sources.length];
  });
  expect(opened).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test("told to stop, it closes and says nothing more", () => {
  const { sources, heard, stop } = scene();
  sources[0]?.say("event", EVENT);
  stop();
  vi.advanceTimersByTime(60_000);
  expect([sources[0]?.closed, heard]).toEqual([true, ["connecting"]]);
});
