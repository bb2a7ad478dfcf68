import { expect, test } from "vitest";
import { running } from "./running.ts";
import { told, type Visit, watch } from "./testing.ts";

/** Goes across a 16:9 picture at so many own heights a second. */
const goes = (heights_ps: number): Visit => ({
  from_s: 0,
  to_s: 5,
  size: [0.04, 0.2],
  feetAt: (t_s) => [0.1 + (t_s * heights_ps * 0.2 * 9) / 16, 0.8],
});

test("one who runs is raised, with the speed in own heights", () => {
  const findings = watch(running, [goes(1.4), goes(0.8)], 10, { heights_min: 1.3 });
  expect(told(findings)).toEqual(["opened 1.4 t0", "closed 8.2 t0 left"]);
  expect(findings[0]?.data).toMatchObject({
    since_ms: 0,
    facts: { label: "person", speed: 1.4, threshold: 1.3, unit: "heights" },
  });
});

test("with a measured ground it is metres a second, wherever in the picture", () => {
  // A yard of 20 m by 20 m that the picture narrows towards its top.
  const ground = [
    { at: [0.4, 0.3], metres: [0, 20] },
    { at: [0.6, 0.3], metres: [20, 20] },
    { at: [1, 1], metres: [20, 0] },
    { at: [0, 1], metres: [0, 0] },
  ] as { at: [number, number]; metres: [number, number] }[];
  // Along the far edge, 4 m/s; along the middle of the picture the same way in the picture would be less.
  const far: Visit = { from_s: 0, to_s: 4, size: [0.01, 0.05], feetAt: (t_s) => [0.41 + t_s * 0.04, 0.3] };
  const findings = watch(running, [far], 10, { ground });
  expect(findings[0]?.data.facts).toMatchObject({ speed: 4, threshold: 2.7, unit: "metres" });
});

test("boxes that jump once do not run", () => {
  const jumps: Visit = { ...goes(0), feetAt: (t_s) => [t_s < 2 ? 0.3 : 0.5, 0.8] };
  expect(watch(running, [jumps], 10)).toEqual([]);
});
