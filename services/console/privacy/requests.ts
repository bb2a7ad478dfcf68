import type { RequestStep, SubjectRequest } from "../api/types.ts";

export type StepName = RequestStep["step"];

const DAY_MS = 86_400_000;
const OVER: ReadonlySet<SubjectRequest["state"]> = new Set(["answered", "refused", "withdrawn"]);

/** What can be done with it next: nobody is answered before it was checked who asks. */
export function stepsFor({ state, identity, extended }: SubjectRequest): readonly StepName[] {
  if (OVER.has(state)) return [];
  return [
    ...(identity ? (["answer"] as const) : (["identity-checked"] as const)),
    ...(extended || state === "overdue" ? [] : (["extend"] as const)),
    "refuse",
    "withdraw",
  ];
}

/** Whole days until it is due, below 0 when it is over; undefined for one that is closed. */
export function daysLeft({ state, due_at }: SubjectRequest, now_ms: number): number | undefined {
  return OVER.has(state) ? undefined : Math.floor((Date.parse(due_at) - now_ms) / DAY_MS);
}

/** A step out of what was typed. */
export function stepOf(step: StepName, words: string, evidence: string): RequestStep {
  if (step === "identity-checked") return { step, how: words };
  if (step === "answer") return { step, why: words, ...(evidence !== "" && { evidence }) };
  return { step, why: words };
}
