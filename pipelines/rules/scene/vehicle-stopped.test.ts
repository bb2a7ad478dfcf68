import { expect, test } from "vitest";
import { told, type Visit, watch } from "./testing.ts";
import { vehicleStopped } from "./vehicle-stopped.ts";

const CAR = { label: "car", size: [0.2, 0.1] } as const;
const feetAt =
  (park_s: number, leave_s: number, shake = 0) =>
  (t_s: number) => {
    const drives = Math.max(0, park_s - t_s) / 10 + Math.max(0, t_s - leave_s) / 10;
    const trembles = shake * (Math.round(t_s * 5) % 2);
    return [0.5 + drives + trembles, 0.8] as const;
  };

test("a parked car is raised once, at the latest so long after it stopped, and closed when it drives off", () => {
  const visit: Visit = { ...CAR, from_s: 0, to_s: 603, feetAt: feetAt(4, 600, 0.01) };
  const findings = watch(vehicleStopped, [visit], 620, { after_s: 30, passage: "fire-lane" });
  expect(told(findings)).toEqual(["opened 33.6 t0", "closed 601.6 t0 left"]);
  expect(findings[0]?.data.facts).toEqual({
    label: "car",
    score: 0.8,
    stay_s: 30,
    threshold_s: 30,
    passage: "fire-lane",
  });
});

test("found again at its place under another track it is still the same", () => {
  const place = { ...CAR, feetAt: () => [0.5, 0.8] as const };
  const visits: Visit[] = [
    { ...place, from_s: 0, to_s: 50 },
    { ...place, from_s: 56, to_s: 120 },
  ];
  expect(told(watch(vehicleStopped, visits, 150, { after_s: 30 }))).toEqual([
    "opened 30 t0",
    "closed 133.4 t0 left",
  ]);
});

test("one that waits for less, or only passes, is not raised", () => {
  const waits: Visit = { ...CAR, from_s: 0, to_s: 30, feetAt: feetAt(4, 25) };
  const passes: Visit = { ...CAR, from_s: 0, to_s: 60, feetAt: (t_s) => [t_s / 60, 0.8] };
  expect(watch(vehicleStopped, [waits, passes], 80, { after_s: 30 })).toEqual([]);
});
