import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Clock, isoOf } from "@yardline/domain/time";
import type { ClockState } from "./statement.ts";

const ASK_MS_MAX = 2_000;

/** Runs a program of the machine and gives what it says; rejects where there is none. */
export type AskProgram = (program: string, args: readonly string[]) => Promise<string>;

const askProgram: AskProgram = async (program, args) => {
  const { stdout } = await promisify(execFile)(program, [...args], { timeout: ASK_MS_MAX, encoding: "utf8" });
  return stdout;
};

/**
 * How well the box's clock is kept, as whoever keeps it says: chrony tells offset and drift, systemd only whether it is synchronized.
 * Where nobody can be asked that is what is said. Never rejects.
 * @see https://chrony-project.org/doc/4.6/chronyc.html (tracking: system time, frequency, leap status)
 */
export async function readClockState(
  clock: Pick<Clock, "now_ms">,
  ask: AskProgram = askProgram,
): Promise<ClockState> {
  const at = isoOf(clock.now_ms());
  const chrony = (await ask("chronyc", ["-c", "tracking"]).catch(() => "")).trim().split(",");
  const [offset_s, frequency_ppm, leap] = [chrony[4], chrony[7], chrony[13]];
  if (offset_s !== undefined && frequency_ppm !== undefined && leap !== undefined) {
    return {
      ...{ at, source: "chrony", synchronized: leap === "Not synchronised" ? "no" : "yes" },
      ...{ offset_ms: Number(offset_s) * 1_000, drift_ppm: Number(frequency_ppm) },
    };
  }
  const told = (
    await ask("timedatectl", ["show", "--property=NTPSynchronized", "--value"]).catch(() => "")
  ).trim();
  if (told === "yes" || told === "no") return { at, source: "timedatectl", synchronized: told };
  return { at, source: "nobody could be asked", synchronized: "unknown" };
}
