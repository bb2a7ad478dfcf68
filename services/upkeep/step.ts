import type { Clock } from "@yardline/domain/time";

export type StepOptions = {
  readonly folder: string;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Carries a folder from the format before `to`. It may be killed at any moment, and is then run again from its beginning. */
export type Step = { readonly to: number; run(options: StepOptions): Promise<void> };
