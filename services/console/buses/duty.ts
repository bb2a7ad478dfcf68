import type { Block } from "../api/types.ts";

/** Where a block is in its day, by its timetable. */
export type DutyState = "coming" | "running" | "over" | "cancelled";

export type Duty = {
  readonly state: DutyState;
  /** The run of now, else the next one, else the last. */
  readonly run: Block["runs"][number] | undefined;
  /** Nobody is seen on it, though it should be driven: somebody has to look. */
  readonly uncovered: boolean;
  /** Given to vehicles of which none is seen on it, though others are. */
  readonly unlike: boolean;
};

/** A vehicle should be seen on its run so soon after its start. */
const SEEN_AFTER_MS = 5 * 60_000;

export function dutyOf({ runs, assigned, driven_by }: Block, now_ms: number): Duty {
  const due = runs.filter(({ cancelled }) => !cancelled);
  const run = due.find(({ ends_at }) => Date.parse(ends_at) >= now_ms) ?? due.at(-1);
  const state = stateOf(run, now_ms);
  const started = run !== undefined && Date.parse(run.starts_at) + SEEN_AFTER_MS <= now_ms;
  const seen = driven_by.map(({ vehicle_id }) => vehicle_id);
  return {
    state,
    run: run ?? runs[0],
    uncovered: state === "running" && started && seen.length === 0,
    unlike: assigned.length > 0 && seen.length > 0 && !seen.some((each) => assigned.includes(each)),
  };
}

function stateOf(run: Block["runs"][number] | undefined, now_ms: number): DutyState {
  if (!run) return "cancelled";
  if (Date.parse(run.ends_at) < now_ms) return "over";
  return Date.parse(run.starts_at) > now_ms ? "coming" : "running";
}

const ORDER_OF: Readonly<Record<DutyState, number>> = { running: 0, coming: 1, over: 2, cancelled: 3 };

/** What needs somebody first, then what runs, what comes, what is over; each by its time. */
export function byNeed(blocks: readonly Block[], now_ms: number): readonly { block: Block; duty: Duty }[] {
  return blocks
    .map((block) => ({ block, duty: dutyOf(block, now_ms) }))
    .toSorted((a, b) => {
      const need = Number(b.duty.uncovered || b.duty.unlike) - Number(a.duty.uncovered || a.duty.unlike);
      const state = ORDER_OF[a.duty.state] - ORDER_OF[b.duty.state];
      return need || state || startOf(a.duty) - startOf(b.duty);
    });
}

function startOf({ run }: Duty): number {
  return run ? Date.parse(run.starts_at) : Number.POSITIVE_INFINITY;
}
