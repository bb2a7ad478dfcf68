import type { EpochMs } from "@yardline/domain/time";
import type { Move } from "@yardline/matching/placement";
import type { Run, Timetable } from "@yardline/timetable/timetable";

/** What a rule says about one vehicle at one stop of one run. The last finding of an occurrence counts. */
export type Finding = {
  /** The event type. */
  readonly raises: string;
  /** Names the occurrence among those of one vehicle. */
  readonly key: string;
  /** `withdrawn`: what was found before turned out not to be so. */
  readonly state: "open" | "closed" | "withdrawn";
  /** Absent where the finding is that there was none. */
  readonly vehicle_id?: string;
  readonly timetable: Timetable;
  readonly run: Run;
  /** Which stop of the run, counted from 0. */
  readonly stop: number;
  /** The event's data beside vehicle, run and stop, which every transit event has. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Since when it could be known: the fix, or the silence, that showed it. What is stated much later was learnt too late to act on. */
  readonly at_ms: EpochMs;
  /** `notice`: somebody may want to act. */
  readonly severity: "info" | "notice";
};

type Found = Omit<Finding, "raises" | "key" | "vehicle_id" | "at_ms">;

/** A rule's memory after a move, and what it found in it. */
export type Judged<Memory> = { readonly memory: Memory; readonly found: readonly Found[] };

type Definition<Memory> = {
  readonly raises: string;
  readonly start: Memory;
  /** Pure: the same moves always give the same findings. */
  judge(memory: Memory, move: Move): Judged<Memory>;
};

/** A rule in the middle of one vehicle's moves. Immutable: keeping one is a checkpoint to go on from later. */
export type Judge = {
  judge(move: Move): { readonly next: Judge; readonly findings: readonly Finding[] };
};

/** A rule about vehicles against the timetable. One file of this folder each, its test beside it, one line in `rules.ts`. */
export type TransitRule = { readonly raises: string; readonly start: Judge };

export function defineTransitRule<Memory>(rule: Definition<Memory>): TransitRule {
  return { raises: rule.raises, start: judgeWith(rule, rule.start) };
}

function judgeWith<Memory>(rule: Definition<Memory>, memory: Memory): Judge {
  const judge: Judge = {
    judge(move) {
      const judged = rule.judge(memory, move);
      const next = judged.memory === memory ? judge : judgeWith(rule, judged.memory);
      const findings = judged.found.map((found) => ({
        raises: rule.raises,
        key: keyOf(rule.raises, found),
        vehicle_id: move.vehicle_id,
        at_ms: move.at_ms,
        ...found,
      }));
      return { next, findings };
    },
  };
  return judge;
}

function keyOf(raises: string, { run, stop }: Found): string {
  return JSON.stringify([raises, run.service_date, run.trip.trip_id, run.start_time ?? "", stop]);
}
