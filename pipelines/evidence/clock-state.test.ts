import { expect, test } from "vitest";
import { type AskProgram, readClockState } from "./clock-state.ts";

const clock = { now_ms: () => Date.parse("2026-11-22T12:00:00Z") };
const at = "2026-11-22T12:00:00.000Z";
const TRACKING =
  "C0A80001,192.168.0.1,3,1795348800.123,-0.000012500,0.000001,0.00001,-7.250,0.001,0.02,0.01,0.002,64.2,Normal\n";
const machine =
  (programs: Readonly<Record<string, string>>): AskProgram =>
  async (program) => {
    const said = programs[program];
    if (said === undefined) throw new Error("ENOENT");
    return said;
  };

test.for([
  [
    { chronyc: TRACKING },
    { at, source: "chrony", synchronized: "yes", offset_ms: -0.0125, drift_ppm: -7.25 },
  ],
  [
    { chronyc: TRACKING.replace("Normal", "Not synchronised") },
    expect.objectContaining({ synchronized: "no" }),
  ],
  [{ timedatectl: "yes\n" }, { at, source: "timedatectl", synchronized: "yes" }],
  [
    { chronyc: "506 Cannot talk to daemon\n", timedatectl: "no\n" },
    { at, source: "timedatectl", synchronized: "no" },
  ],
  [{}, { at, source: "nobody could be asked", synchronized: "unknown" }],
] as const)("%j is told as it is", async ([programs, told]) => {
  expect(await readClockState(clock, machine(programs))).toEqual(told);
});
