import type { Box } from "@yardline/domain/box";
import type { Track } from "@yardline/domain/track";
import { expect, test } from "vitest";
import { presence } from "./presence.ts";
import type { Finding } from "./scene-rule.ts";

const OPTIONS = { ...presence.defaults, score_still_min: 0.5, sightings_min: 3, evidence_min: 1.1 };
const FRAME_MS = 200;

/** A track as the tracker would tell it, seen in every picture of [from_s, to_s] and lost three seconds later. */
type Visit = {
  readonly from_s: number;
  readonly to_s: number;
  readonly score?: number;
  readonly label?: Track["label"];
  /** Feet of the person at a time. */
  readonly feetAt?: (t_s: number) => readonly [x: number, y: number];
};

function boxAt([x, y]: readonly [number, number]): Box {
  return { left: x - 0.05, right: x + 0.05, top: y - 0.3, bottom: y };
}

function trackAt(visit: Visit, id: string, t_s: number): Track | undefined {
  const { from_s, to_s, score = 0.8, label = "person", feetAt = () => [0.5, 0.8] } = visit;
  if (t_s < from_s || t_s > to_s + 3.2) return undefined;
  const seen_s = Math.min(t_s, to_s);
  const sightings = Math.round(((seen_s - from_s) * 1000) / FRAME_MS) + 1;
  return {
    id,
    label,
    opened_at_ms: from_s * 1000,
    seen_at_ms: Math.round(seen_s * 1000),
    last: { label, score, box: boxAt(feetAt(seen_s)) },
    sightings,
    state: t_s > to_s + 3 ? "lost" : sightings >= 2 ? "confirmed" : "tentative",
  };
}

/** Shows visits to the rule, 5 pictures a second. @returns the findings that opened or closed something. */
function watch(
  visits: readonly Visit[],
  until_s: number,
  options: Partial<Parameters<typeof presence.use>[0]> = {},
) {
  const rule = presence.use({ ...OPTIONS, ...options });
  const findings: Finding<{ readonly since_ms: number; readonly until_ms: number }>[] = [];
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += FRAME_MS) {
    const tracks = visits.flatMap((visit, index) => trackAt(visit, `t${index}`, at_ms / 1000) ?? []);
    findings.push(...rule.take({ at_ms, tracks }));
  }
  findings.push(...rule.end(until_s * 1000));
  return findings.filter(({ state }) => state !== "updated");
}

test("a stay opens at its third sighting, dated from its first, and closes dated to its last", () => {
  const whole = {
    zone: "all",
    track: "t0",
    label: "person",
    since_ms: 1000,
    score: 0.8,
    last: { label: "person", score: 0.8, box: boxAt([0.5, 0.8]) },
    best: {
      at_ms: 1000,
      detection: { label: "person", score: 0.8, box: boxAt([0.5, 0.8]) },
    },
  };
  expect(watch([{ from_s: 1, to_s: 4 }], 10)).toEqual([
    { state: "opened", at_ms: 1400, key: "t0@1000", data: { ...whole, until_ms: 1400, sightings: 3 } },
    {
      state: "closed",
      at_ms: 7200,
      key: "t0@1000",
      data: { ...whole, until_ms: 4000, sightings: 16, ended: "left" },
    },
  ]);
});

test.each([
  { score: 0.9, opened_s: 1.2 },
  { score: 0.52, opened_s: 1.4 },
])("two clear sightings are enough, faint ones take a third: $score", ({ score, opened_s }) => {
  const [opened] = watch([{ from_s: 1, to_s: 4, score }], 10, { sightings_min: 2 });
  expect(opened?.at_ms).toBe(opened_s * 1000);
});

test("a faint one that walks is believed, one that never moves is not", () => {
  const walking = (t_s: number) => [0.2 + t_s / 10, 0.8] as const;
  expect(watch([{ from_s: 1, to_s: 4, score: 0.42, feetAt: walking }], 10)[0]).toMatchObject({ at_ms: 1600 });
  expect(watch([{ from_s: 1, to_s: 40, score: 0.42 }], 50)).toEqual([]);
});

test.each([
  { name: "too faint all the time", visit: { from_s: 1, to_s: 4, score: 0.35 } },
  { name: "seen twice only", visit: { from_s: 1, to_s: 1.2 } },
  { name: "of another kind", visit: { from_s: 1, to_s: 4, label: "dog" as const } },
])("$name: nothing", ({ visit }) => {
  expect(watch([visit], 10, { labels: ["person"] })).toEqual([]);
});

test("who is there when watching ends is closed as lost", () => {
  expect(watch([{ from_s: 1, to_s: 60 }], 5)).toMatchObject([
    { state: "opened" },
    { state: "closed", at_ms: 5000, data: { until_ms: 5000, ended: "lost" } },
  ]);
});

test("in a zone a stay lasts from entering it to leaving it; coming back is another stay of the same track", () => {
  const polygon: [number, number][] = [
    [0.41, 0],
    [0.59, 0],
    [0.59, 1],
    [0.41, 1],
  ];
  // Through the zone from left to right, and back: inside while x is in (0.41, 0.59).
  const feetAt = (t_s: number) => [t_s <= 10 ? t_s / 10 : 2 - t_s / 10, 0.8] as const;
  expect(watch([{ from_s: 0, to_s: 20, feetAt }], 30, { zone: "gate", polygon })).toMatchObject([
    { state: "opened", data: { zone: "gate", since_ms: 4200 } },
    { state: "closed", data: { since_ms: 4200, until_ms: 5800, ended: "left" } },
    { state: "opened", data: { since_ms: 14_200 } },
    { state: "closed", data: { since_ms: 14_200, until_ms: 15_800, ended: "left" } },
  ]);
});

test("the best sighting is the largest and surest one", () => {
  const rule = presence.use(OPTIONS);
  const heights = [0.1, 0.2, 0.4, 0.3, 0.39];
  const findings = heights.flatMap((height, index) => {
    const at_ms = index * FRAME_MS;
    const track = trackAt({ from_s: 0, to_s: 9 }, "t0", at_ms / 1000);
    const last = {
      label: "person" as const,
      score: 0.8,
      box: { left: 0.4, right: 0.5, top: 0.9 - height, bottom: 0.9 },
    };
    return track ? rule.take({ at_ms, tracks: [{ ...track, last }] }) : [];
  });
  expect(findings.map(({ data }) => data.best.at_ms)).toEqual([400, 400, 400]);
});
