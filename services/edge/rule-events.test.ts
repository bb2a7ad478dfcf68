import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Detection } from "@yardline/domain/detection";
import { stateEvent } from "@yardline/events/event-type";
import { writeEvent } from "@yardline/events/write-event";
import { planScene } from "@yardline/rules/scene/scene-plan";
import type { SceneSettings } from "@yardline/rules/scene/scene-settings";
import { type Raised, SceneWatch } from "@yardline/rules/scene/scene-watch";
import { NOTHING_TRACKED, step } from "@yardline/tracking/tracker";
import { describe, expect, test } from "vitest";
import { eventTypeOf, happeningData } from "./happening-data.ts";

const UTC = { timezone: "UTC", holidays: [] };

/** Boxes of each picture, as a detector would give them, through the tracker and the rules. */
function raisedBy(
  settings: SceneSettings,
  pictures: Iterable<readonly [at_ms: number, Detection[]]>,
): readonly Raised[] {
  const scene = new SceneWatch(planScene(settings, UTC), 16 / 9);
  let tracker = NOTHING_TRACKED;
  const raised: Raised[] = [];
  for (const [at_ms, detections] of pictures) {
    const { state, tracks } = step(tracker, at_ms, detections, (serial) => `track-${serial}`);
    tracker = state;
    raised.push(...scene.take({ at_ms, tracks }));
  }
  return [...raised, ...scene.end(tracker.at_ms ?? 0)];
}

function* drawn(until_s: number) {
  const box = (x: number, y: number, width: number, height: number) => ({
    left: x - width / 2,
    right: x + width / 2,
    top: y - height,
    bottom: y,
  });
  for (let at_ms = 0; at_ms <= until_s * 1000; at_ms += 200) {
    const t_s = at_ms / 1000;
    // Going down takes a second and a half, as it does.
    const lies = Math.min(1, Math.max(0, (t_s - 8) / 1.5));
    yield [
      at_ms,
      [
        { label: "car", score: 0.9, box: box(Math.max(0.3, 0.7 - t_s / 10), 0.9, 0.15, 0.1) },
        { label: "person", score: 0.8, box: box(0.6, 0.5, 0.04 + 0.08 * lies, 0.2 - 0.16 * lies) },
        { label: "person", score: 0.8, box: box(Math.min(0.9, 0.1 + t_s / 12), 0.3, 0.04, 0.15) },
      ],
    ] as [number, Detection[]];
  }
}

const LINES = [
  {
    id: "gate",
    points: [
      [0.5, 0],
      [0.5, 1],
    ] as [number, number][],
  },
];

test.each([
  { rule: "presence" },
  { rule: "line-crossing", line: "gate" },
  { rule: "loitering", after_s: 3 },
  { rule: "crowding", count_min: 2, after_s: 2 },
  { rule: "vehicle-stopped", after_s: 3, passage: "fire-lane" },
  { rule: "vehicle-at-night" },
  { rule: "running", heights_min: 0.6 },
  { rule: "fall-like", after_s: 2 },
  { rule: "occupancy" },
])("what $rule finds is whole in the form of its kind of event", (setting) => {
  const raised = raisedBy({ lines: LINES, rules: [setting] }, drawn(20));
  expect(raised.length).toBeGreaterThan(0);
  for (const each of raised) {
    const data = { ...happeningData("yard", each), recorded: true };
    const statement = {
      source: "camera/yard",
      tenant: "town",
      revision: 0,
      state: "open",
      severity: each.severity,
    } as const;
    expect(() => writeEvent(stateEvent(eventTypeOf(each), data, statement))).not.toThrow();
  }
});

const TRUTH = join(import.meta.dirname, "../../../shared/data/video/clips/synthetic-courtyard.gt.json");
type Row = { readonly t: number; readonly objs: { readonly label: string; readonly box: number[] }[] };

describe.skipIf(!existsSync(TRUTH))("the true boxes of the drawn courtyard (needs ../shared/data)", () => {
  function* boxesOfTruth() {
    const rows: Row[] = JSON.parse(readFileSync(TRUTH, "utf8"));
    // Every fifth of 25 a second.
    for (const { t, objs } of rows.filter((_, index) => index % 5 === 0)) {
      const detections = objs.flatMap(({ label, box: [left = 0, top = 0, right = 0, bottom = 0] }) => {
        const box = { left: left / 1280, top: top / 720, right: right / 1280, bottom: bottom / 720 };
        return label === "person" || label === "car" ? [{ label, score: 0.9, box } as const] : [];
      });
      yield [Math.round(t * 1000), detections] as [number, Detection[]];
    }
  }

  test("the loiterer and the parked car are each raised once, at most 3 s late, and nothing else", () => {
    // One stands near x = 880 from 20 s to 36 s; a car comes to rest at x = 330 at 27 s and stays.
    const zone: [number, number][] = [
      [0.66, 0.6],
      [0.76, 0.6],
      [0.76, 0.75],
      [0.66, 0.75],
    ];
    const settings: SceneSettings = {
      zones: [{ id: "bench", polygon: zone }],
      rules: [
        { rule: "loitering", zone: "bench", after_s: 10 },
        { rule: "vehicle-stopped", after_s: 15, passage: "fire-lane" },
      ],
    };
    const opened = raisedBy(settings, boxesOfTruth()).filter(({ finding }) => finding.state === "opened");
    expect(opened.map(({ rule }) => rule)).toEqual(["loitering", "vehicle-stopped"]);
    for (const { rule, finding } of opened) {
      const after_ms = rule === "loitering" ? 10_000 : 15_000;
      expect(finding.at_ms - finding.data.since_ms - after_ms).toBeLessThanOrEqual(3_000);
    }
    expect(opened.map(({ finding }) => Math.round(finding.at_ms / 1000))).toEqual([29, 42]);
  });
});
