import type { Detection } from "@yardline/domain/detection";
import { planScene } from "@yardline/rules/scene/scene-plan";
import { type Raised, SceneWatch } from "@yardline/rules/scene/scene-watch";
import { NOTHING_TRACKED, pass, step, type TrackerState } from "@yardline/tracking/tracker";
import { expect, test } from "vitest";

const DAY_MS = 86_400_000;
const PARKED: Detection = {
  label: "car",
  score: 0.6,
  box: { left: 0.4, top: 0.5, right: 0.6, bottom: 0.65 },
};

/** Goes past in front of the bay within six seconds. */
function passerAt(t_ms: number): Detection {
  const left = -0.2 + t_ms / 5_000;
  return {
    label: "car",
    score: 0.7,
    box: { left: Math.max(0, left), top: 0.55, right: Math.min(1, left + 0.3), bottom: 0.8 },
  };
}

const BAY: [number, number][] = [
  [0.35, 0.5],
  [0.65, 0.5],
  [0.65, 0.7],
  [0.35, 0.7],
];

test("a car that is parked for a day is one track and is told once, whatever drives past in front of it", () => {
  const rules = new SceneWatch(
    planScene(
      {
        zones: [{ id: "bay", polygon: BAY }],
        rules: [
          { rule: "vehicle-stopped", zone: "bay", after_s: 60 },
          { rule: "presence", zone: "bay" },
          { rule: "vehicle-at-night", zone: "bay" },
        ],
      },
      { timezone: "Europe/Kyiv", holidays: [] },
    ),
    16 / 9,
  );
  let tracker: TrackerState = NOTHING_TRACKED;
  const raised: Raised[] = [];
  const ids = new Set<string>();
  const take = (at_ms: number, detections?: readonly Detection[]) => {
    const { state, tracks } = detections
      ? step(tracker, at_ms, detections, (serial) => `track-${serial}`)
      : pass(tracker, at_ms);
    tracker = state;
    for (const { id, last } of tracks) if (last.box.bottom === PARKED.box.bottom) ids.add(id);
    raised.push(...rules.take({ at_ms, tracks }));
  };
  for (let minute_ms = 0; minute_ms < DAY_MS; minute_ms += 60_000) {
    take(minute_ms, [PARKED]);
    // Every ten minutes somebody drives past and hides it for two and a half seconds.
    for (let t_ms = 200; minute_ms % 600_000 === 300_000 && t_ms <= 6_000; t_ms += 200) {
      const hides = t_ms > 1_800 && t_ms < 4_300;
      take(minute_ms + t_ms, [passerAt(t_ms), ...(hides ? [] : [PARKED])]);
    }
    // Nobody looks while nothing moves; now and then the detector misses it, and is asked again at once.
    for (const t_ms of [10_000, 20_000, 29_800]) take(minute_ms + t_ms);
    take(minute_ms + 30_000, minute_ms % 420_000 === 0 ? [] : [PARKED]);
    take(minute_ms + 30_200, [PARKED]);
    for (const t_ms of [45_000, 59_800]) take(minute_ms + t_ms);
  }
  const told = [...raised, ...rules.end(DAY_MS)]
    .filter(({ zone, finding }) => zone === "bay" && finding.state !== "updated")
    .map(({ rule, finding: { state, at_ms, data } }) =>
      `${state} ${rule} ${at_ms / 1000} ${data.ended ?? ""}`.trim(),
    );
  expect([...ids]).toEqual(["track-0"]);
  expect(told).toEqual([
    "opened presence 30.2",
    "opened vehicle-stopped 60",
    "closed vehicle-stopped 86400 lost",
    "closed presence 86400 lost",
  ]);
});
