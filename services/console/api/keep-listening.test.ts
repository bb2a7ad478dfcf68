import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { handSources } from "../testing/hand-sources.ts";
import { keepListening } from "./keep-listening.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene() {
  const { sources, open } = handSources();
  const heard: string[] = [];
  const stop = keepListening(open, {
    open: () => heard.push("open"),
    news: (data) => heard.push(`news ${data}`),
  });
  const refuse = () => {
    const last = sources.at(-1);
    if (last) last.readyState = 2;
    last?.say("error");
  };
  return { sources, heard, stop, refuse };
}

test("a cut that the browser mends itself opens nothing new", () => {
  const { sources, heard } = scene();
  sources[0]?.say("error");
  vi.advanceTimersByTime(60_000);
  sources[0]?.say("open");
  sources[0]?.say("news", "1");
  expect([sources.length, heard]).toEqual([1, ["open", "news 1"]]);
});

test("a refusal, at which the browser gives up, is tried again, less and less often; once it was open, soon again", () => {
  const { sources, heard, refuse } = scene();
  const opens = (waits_ms: readonly number[]) =>
    waits_ms.map((wait_ms) => {
      refuse();
      vi.advanceTimersByTime(wait_ms - 1);
      const before = sources.length;
      vi.advanceTimersByTime(1);
      return sources.length - before;
    });
  expect(opens([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])).toEqual([1, 1, 1, 1, 1, 1, 1]);
  sources.at(-1)?.say("open");
  expect(opens([1_000])).toEqual([1]);
  sources.at(-1)?.say("news", "2");
  expect(heard).toEqual(["open", "news 2"]);
});

test("told to stop, it closes and opens none again", () => {
  const { sources, stop, refuse } = scene();
  refuse();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(sources.map(({ closed }) => closed)).toEqual([true]);
});
