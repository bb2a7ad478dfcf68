import { distance_m } from "@yardline/domain/geo";
import { openCleaning } from "@yardline/trackers/cleaning";
import { expect, test } from "vitest";
import { isCutOff, openBuses } from "./buses.ts";
import { buildDemoTown } from "./demo-town.ts";
import { clockOff_ms } from "./receiver.ts";
import { latLonOf } from "./streets.ts";
import { openTrouble, TROUBLES, type TroubleKind } from "./trouble.ts";

const town = buildDemoTown();
const EIGHT = Date.parse("2026-03-02T08:00:00+02:00");
const MINUTE = 60_000;
const STEP_MS = 10_000;

/** What all buses say in so many minutes, with when and what is so. */
function listen(minutes: number, kinds: readonly TroubleKind[]) {
  const blocks = town.listBlocks();
  const trouble = openTrouble({ seed: "receiver", buses: blocks.length, start_ms: EIGHT, kinds });
  const buses = openBuses(blocks, "receiver", trouble, EIGHT);
  const said = Array.from({ length: (minutes * MINUTE) / STEP_MS }, (_, step) => {
    const at_ms = EIGHT + step * STEP_MS;
    return buses.map((bus, index) => ({ index, at_ms, fixes: bus.locate(at_ms), truth: bus.findTruth() }));
  }).flat();
  return { said, trouble };
}

test("without trouble each bus says once where it is; each trouble shows, and none of the others", () => {
  const counts = (kinds: readonly TroubleKind[]) => {
    const { said } = listen(20, kinds);
    const fixes = said.flatMap((each) => each.fixes.map((fix) => ({ ...each, fix })));
    const far = fixes.filter(({ fix, truth }) => truth && distance_m(fix, latLonOf(truth.point)) > 100);
    return {
      silent: said.filter((each) => each.truth && each.fixes.length === 0).length > 0,
      doubled: said.some((each) => each.fixes[0] !== undefined && each.fixes[0] === each.fixes[1]),
      late: fixes.some(({ fix, at_ms, index }) => at_ms + clockOff_ms(index) > fix.at_ms && fix.at_ms >= EIGHT),
      far: far.length > 0,
      nowhere: fixes.some(({ fix }) => fix.latitude === 0),
      clock: fixes.some(({ fix, at_ms }) => Math.abs(fix.at_ms - at_ms) > 30 * MINUTE),
    };
  };
  const none = { silent: false, doubled: false, late: false, far: false, nowhere: false, clock: false };
  const { late: _, ...calm } = counts(["jams", "breakdowns"]);
  const { late: __, ...expected } = none;
  expect(calm).toEqual(expected);
  expect(counts(["tunnels"])).toMatchObject({ silent: true, far: false });
  expect(counts(["duplicates"])).toMatchObject({ doubled: true, silent: false });
  expect(counts(["zeros"])).toMatchObject({ nowhere: true, far: true });
  expect(counts(["jumps"])).toMatchObject({ nowhere: false, far: true });
  expect(counts(["frozen"])).toMatchObject({ far: true, silent: false });
  expect(counts(["clocks"])).toMatchObject({ clock: true, far: false });
  expect(counts(["disorder"])).toMatchObject({ late: true, silent: true });
});

test("cleaned, the time of every fix is the true one, memory or not; frozen is said of nobody who is not", () => {
  const { said, trouble } = listen(100, TROUBLES);
  const { clean } = openCleaning();
  const kept = new Map<number, (typeof said)[number]["fixes"][number][]>();
  const times = { right: 0, wrong: 0 };
  const frozen = { rightly: 0, wrongly: 0 };
  for (const { index, at_ms, fixes } of said) {
    const waiting = [...(kept.get(index) ?? []), ...fixes];
    kept.set(index, waiting);
    if (isCutOff(trouble, index, at_ms) || waiting.length === 0) continue;
    kept.set(index, []);
    for (const fix of waiting) {
      const true_ms = fix.at_ms - clockOff_ms(index);
      const sent = { ...fix, buffered: false };
      const [position] = clean(`device-${index}`, [sent], `${index}`, at_ms + 1_000).positions;
      // A clock that a memory might explain is believed for its first minutes.
      if (!position || true_ms < EIGHT + 10 * MINUTE) continue;
      times[position.at_ms === true_ms ? "right" : "wrong"] += 1;
      if (position.frozen) frozen[trouble.hits("frozen", index, true_ms) ? "rightly" : "wrongly"] += 1;
    }
  }
  expect(times.wrong).toBe(0);
  expect(times.right).toBeGreaterThan(8_000);
  expect(frozen.wrongly).toBe(0);
  expect(frozen.rightly).toBeGreaterThan(50);
});
