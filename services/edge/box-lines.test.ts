import type { Track } from "@yardline/domain/track";
import { expect, test } from "vitest";
import { BoxLines } from "./box-lines.ts";

const SIZE = { width_px: 200, height_px: 100 };

function trackAt(id: string, at_ms: number, state: Track["state"], seen_at_ms = at_ms): Track {
  const box = { left: 0.1, top: 0.25, right: 0.5, bottom: 1 };
  const last = { label: "car" as const, score: 0.987654, box };
  return { id, label: "car", opened_at_ms: 0, seen_at_ms, last, sightings: 1, state };
}

test("lines wait for tentative tracks before them: confirmed later they count, lost they are dropped", () => {
  const lines = new BoxLines();
  const taken = [
    lines.take(1000, 1000, [trackAt("sure", 1000, "confirmed"), trackAt("noise", 1000, "tentative")], SIZE),
    lines.take(1200, 1000, [trackAt("sure", 1200, "confirmed"), trackAt("new", 1200, "tentative")], SIZE),
    lines.take(1400, 1000, [trackAt("noise", 1400, "lost", 1000), trackAt("new", 1400, "confirmed")], SIZE),
  ].map((some) => some.map(({ t_s, track }) => `${track} ${t_s}`));
  expect(taken).toEqual([["sure 0"], [], ["sure 0.2", "new 0.2", "new 0.4"]]);
});

test("boxes are rounded pixels of the source, and one that is only expected has no line", () => {
  const lines = new BoxLines();
  expect(lines.take(0, 0, [trackAt("a", 0, "confirmed")], SIZE)).toEqual([
    { t_s: 0, track: "a", label: "car", score: 0.9877, box: [20, 25, 100, 100] },
  ]);
  expect(lines.take(200, 0, [trackAt("a", 200, "confirmed", 0)], SIZE)).toEqual([]);
});

test("whoever is tentative at the end never was", () => {
  const lines = new BoxLines();
  lines.take(0, 0, [trackAt("noise", 0, "tentative")], SIZE);
  expect(lines.end()).toEqual([]);
});
