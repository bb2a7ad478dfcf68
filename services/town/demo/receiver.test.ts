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
      late: fixes.some(
        ({ fix, at_ms, index }) => at_ms + clockOff_ms(index) > fix.at_ms && fix.at_ms >= EIGHT,
      ),
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

/** What each bus's device sends, one fix after another, once it has network. */
function sent({ said, trouble }: ReturnType<typeof listen>) {
  const kept = new Map<number, (typeof said)[number]["fixes"][number][]>();
  return said.flatMap(({ index, at_ms, fixes }) => {
    const waiting = [...(kept.get(index) ?? []), ...fixes];
    const cutOff = isCutOff(trouble, index, at_ms);
    kept.set(index, cutOff ? waiting : []);
    return cutOff ? [] : waiting.map((fix) => ({ index, at_ms, fix }));
  });
}

test("cleaned, the time of every fix is the true one, memory or not; frozen is said of nobody who is not", () => {
  const heard = listen(100, TROUBLES);
  const { clean } = openCleaning();
  const told = sent(heard).flatMap(({ index, at_ms, fix }) => {
    const true_ms = fix.at_ms - clockOff_ms(index);
    const { positions } = clean(`device-${index}`, [{ ...fix, buffered: false }], `${index}`, at_ms + 1_000);
    const frozen = heard.trouble.hits("frozen", index, true_ms);
    // A clock that a memory might explain is believed for its first minutes.
    return true_ms < EIGHT + 10 * MINUTE ? [] : positions.map((said) => ({ said, true_ms, frozen }));
  });
  expect(told.filter(({ said, true_ms }) => said.at_ms !== true_ms)).toEqual([]);
  expect(told.length).toBeGreaterThan(8_000);
  expect(told.filter(({ said, frozen }) => said.frozen && !frozen)).toEqual([]);
  expect(told.filter(({ said }) => said.frozen).length).toBeGreaterThan(50);
});
