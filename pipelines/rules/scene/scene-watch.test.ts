import { expect, test } from "vitest";
import { planScene } from "./scene-plan.ts";
import type { SceneSettings } from "./scene-settings.ts";
import { SceneWatch } from "./scene-watch.ts";
import { momentsOf, type Visit } from "./testing.ts";

const UTC = { timezone: "UTC", holidays: [] };

/** What is raised, as `state at_s rule/zone track`; updates are left out. */
function raisedBy(settings: SceneSettings, visits: readonly Visit[], until_s: number): readonly string[] {
  const watch = new SceneWatch(planScene(settings, UTC), 16 / 9);
  const raised = momentsOf(visits, until_s).flatMap((moment) => watch.take(moment));
  return [...raised, ...watch.end(until_s * 1000)]
    .filter(({ finding }) => finding.state !== "updated")
    .map(({ rule, zone, severity, finding: { state, at_ms, data } }) =>
      [state, at_ms / 1000, `${rule}/${zone}`, data.track, severity].join(" "),
    );
}

test("without settings every presence in the whole picture is told", () => {
  expect(raisedBy({}, [{ from_s: 1, to_s: 3, label: "dog" }], 10)).toEqual([
    "opened 1.2 presence/all t0 info",
    "closed 6.2 presence/all t0 info",
  ]);
});

test("a rule sees the labels, scores and sizes that it is to see, and then whatever becomes of them", () => {
  const settings: SceneSettings = {
    rules: [
      {
        rule: "presence",
        labels: ["person"],
        score_min: { person: 0.7 },
        height_min: { person: 0.2 },
        severity: "alarm",
      },
    ],
  };
  const grows: Visit = {
    from_s: 0,
    to_s: 6,
    boxAt: (t_s) => ({ left: 0.4, right: 0.5, top: 0.9 - (t_s < 3 || t_s > 4 ? 0.15 : 0.25), bottom: 0.9 }),
  };
  const visits: Visit[] = [{ from_s: 0, to_s: 6, label: "dog" }, { from_s: 0, to_s: 6, score: 0.6 }, grows];
  expect(raisedBy(settings, visits, 12)).toEqual([
    "opened 3.2 presence/all t2 alarm",
    "closed 9.2 presence/all t2 alarm",
  ]);
});

test("after one is raised the cool-down raises nothing new at that place", () => {
  const rule = { rule: "presence", cooldown_s: 10 };
  const visits = [0, 5, 12].map((from_s) => ({ from_s, to_s: from_s + 1 }));
  expect(raisedBy({ rules: [rule] }, visits, 20)).toEqual([
    "opened 0.2 presence/all t0 info",
    "closed 4.2 presence/all t0 info",
    "opened 12.2 presence/all t2 info",
    "closed 16.2 presence/all t2 info",
  ]);
});

test("a rule works in its hours only; what goes on at their end is closed as lost", () => {
  const settings: SceneSettings = {
    schedules: [{ id: "minute", times: [{ from: "00:01", until: "00:02" }] }],
    rules: [{ rule: "presence", schedule: "minute" }],
  };
  expect(raisedBy(settings, [{ from_s: 30, to_s: 200 }], 220)).toEqual([
    "opened 60.2 presence/all t0 info",
    "closed 120 presence/all t0 info",
  ]);
});

test("one rule looks at several places", () => {
  const half = (left: number) =>
    [
      [left, 0],
      [left + 0.5, 0],
      [left + 0.5, 1],
      [left, 1],
    ] as [number, number][];
  const settings: SceneSettings = {
    zones: [
      { id: "west", polygon: half(0) },
      { id: "east", polygon: half(0.5) },
    ],
    rules: [
      { rule: "presence", zone: "west" },
      { rule: "presence", zone: "east" },
    ],
  };
  const feetAt = (t_s: number) => [t_s / 10, 0.8] as const;
  expect(raisedBy(settings, [{ from_s: 1, to_s: 9, feetAt }], 20)).toEqual([
    "opened 1.2 presence/west t0 info",
    "opened 5.2 presence/east t0 info",
    "closed 7 presence/west t0 info",
    "closed 12.2 presence/east t0 info",
  ]);
});

test("it tells of each rule how far it is, and of those whom it is not shown what they lack", () => {
  const settings: SceneSettings = {
    schedules: [{ id: "night", times: [{ from: "22:00", until: "06:00" }] }],
    zones: [
      {
        id: "gate",
        polygon: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ],
    rules: [
      {
        rule: "loitering",
        zone: "gate",
        after_s: 30,
        score_min: { person: 0.7 },
        height_min: { person: 0.2 },
      },
      { rule: "crowding", count_min: 4 },
      { rule: "presence", schedule: "night" },
      { rule: "presence", cooldown_s: 20 },
    ],
  };
  const noon_ms = 12 * 3_600_000;
  const watch = new SceneWatch(planScene(settings, UTC), 16 / 9);
  const visits: Visit[] = [
    { from_s: 0, to_s: 12, feetAt: () => [0.8, 0.5] },
    { from_s: 1, to_s: 12, score: 0.41, size: [0.05, 0.1] },
  ];
  const moments = momentsOf(visits, 12).map(({ tracks, at_ms }) => ({
    at_ms: at_ms + noon_ms,
    tracks: tracks.map((track) => ({ ...track, seen_at_ms: track.seen_at_ms + noon_ms })),
  }));
  for (const moment of moments) watch.take(moment);
  const told = watch.progress(moments.at(-1) ?? { at_ms: 0, tracks: [] });
  expect(told.filter(({ zone }) => zone)).toEqual([
    {
      rule: "loitering",
      zone: "gate",
      works: true,
      cools_s: 0,
      swallowed: 0,
      items: [
        { track: "t0", open: false, measures: [{ name: "stays", has: 12, least: 30, unit: "s" }] },
        {
          track: "t1",
          open: false,
          hindered: "not let in",
          measures: [
            { name: "score", has: 0.41, least: 0.7 },
            { name: "height", has: 0.1, least: 0.2 },
          ],
        },
      ],
    },
    {
      rule: "crowding",
      zone: "all",
      works: true,
      cools_s: 0,
      swallowed: 0,
      items: [{ open: false, measures: [{ name: "at once", has: 2, least: 4 }] }],
    },
    { rule: "presence", zone: "all", works: false, cools_s: 0, swallowed: 0, items: [] },
    {
      rule: "presence",
      zone: "all",
      works: true,
      cools_s: 8.2,
      swallowed: 0,
      items: [
        {
          track: "t0",
          open: true,
          measures: [
            { name: "score", has: 0.8, least: 0.45 },
            { name: "seen", has: 61, least: 2, unit: "x" },
            { name: "evidence", has: 48.8, least: 1.1 },
          ],
        },
        {
          track: "t1",
          open: false,
          measures: [
            { name: "score", has: 0.41, least: 0.45 },
            { name: "seen", has: 56, least: 2, unit: "x" },
            { name: "evidence", has: 23, least: 1.1 },
          ],
        },
      ],
    },
  ]);
});
