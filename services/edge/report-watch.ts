import type { Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { ReportedKind } from "@yardline/events/yard-reported";

/** Reports of one rule that follow each other sooner are one happening. */
export const QUIET_MS_MIN = 10_000;
/** A rule that is at rest for shorter between its happenings flaps: each time it must be quiet for twice as long, up to the second. */
const FLAPPING_MS = 60_000;
export const QUIET_MS_MAX = 600_000;
/** The producer would pass sooner ones over. */
export const UPDATE_EVERY_MS = 31_000;
/** Rules of one camera that are remembered; those that are open stay, the rest goes oldest first. */
export const RULES_MAX = 64;

/** What a camera said of one of its rules. */
export type Heard = {
  readonly kind: ReportedKind;
  readonly rule: string;
  readonly active: boolean;
  readonly lasts: boolean;
  /** By the camera's own clock. */
  readonly at_ms: EpochMs | undefined;
  readonly label: Label | undefined;
};

/** One happening as a camera reports it; to be told. */
export type Report = {
  readonly state: "open" | "updated" | "closed";
  readonly kind: ReportedKind;
  readonly rule: string;
  readonly label: Label | undefined;
  readonly since_ms: EpochMs;
  readonly until_ms: EpochMs;
  readonly camera_ms: EpochMs | undefined;
  readonly reports: number;
  readonly ended?: "quiet" | "lost";
};

type Rule = {
  open: Omit<Report, "state" | "ended"> | undefined;
  /** An alarm that was switched on and not off: silence does not end it. */
  on: boolean;
  told_ms: EpochMs;
  closed_ms: EpochMs;
  quiet_ms: number;
};

/**
 * Makes happenings of what a camera's own analytics say, by our clock. However often a rule fires or flaps, it is one happening until it has
 * been quiet, and the more it flaps the longer it must be: an alarm that goes on and off all day is some dozen events, not thousands.
 */
export class ReportWatch {
  readonly #rules = new Map<string, Rule>();

  /** @returns what is to be told of it; nothing of what is told already, and of rules beyond the limit. */
  take(heard: Heard, now_ms: EpochMs): readonly Report[] {
    const key = JSON.stringify([heard.kind, heard.rule]);
    const rule = this.#rules.get(key) ?? this.#begin(key);
    if (!rule) return [];
    rule.on = heard.active && heard.lasts;
    const { open } = rule;
    if (!open) return heard.active ? [this.#opened(rule, heard, now_ms)] : [];
    rule.open = {
      ...open,
      label: open.label ?? heard.label,
      until_ms: Math.max(open.until_ms, now_ms),
      reports: open.reports + (heard.active ? 1 : 0),
    };
    if (!heard.active || now_ms - rule.told_ms < UPDATE_EVERY_MS) return [];
    rule.told_ms = now_ms;
    return [{ ...rule.open, state: "updated" }];
  }

  /** To be called now and then. @returns the closings of what has been quiet for long enough. */
  tick(now_ms: EpochMs): readonly Report[] {
    return [...this.#rules.values()].flatMap((rule) => {
      const over = rule.open && !rule.on && now_ms - rule.open.until_ms >= rule.quiet_ms;
      return over ? this.#closed(rule, "quiet", now_ms) : [];
    });
  }

  /** The camera tells no more, or nobody listens. @returns the closings of all that is open. */
  end(now_ms: EpochMs): readonly Report[] {
    return [...this.#rules.values()].flatMap((rule) => this.#closed(rule, "lost", now_ms));
  }

  #begin(key: string): Rule | undefined {
    if (this.#rules.size >= RULES_MAX) {
      const [spare] = [...this.#rules].find(([, { open }]) => open === undefined) ?? [];
      if (spare === undefined) return undefined;
      this.#rules.delete(spare);
    }
    const rule = {
      open: undefined,
      on: false,
      told_ms: Number.NEGATIVE_INFINITY,
      closed_ms: Number.NEGATIVE_INFINITY,
      quiet_ms: QUIET_MS_MIN,
    };
    this.#rules.set(key, rule);
    return rule;
  }

  #opened(rule: Rule, { kind, rule: name, label, at_ms }: Heard, now_ms: EpochMs): Report {
    const flaps = now_ms - rule.closed_ms < FLAPPING_MS;
    rule.quiet_ms = flaps ? Math.min(QUIET_MS_MAX, rule.quiet_ms * 2) : QUIET_MS_MIN;
    rule.told_ms = now_ms;
    rule.open = {
      ...{ kind, rule: name, label },
      ...{ since_ms: now_ms, until_ms: now_ms, camera_ms: at_ms, reports: 1 },
    };
    return { ...rule.open, state: "open" };
  }

  #closed(rule: Rule, ended: "quiet" | "lost", now_ms: EpochMs): Report[] {
    if (!rule.open) return [];
    const report: Report = { ...rule.open, state: "closed", ended };
    rule.open = undefined;
    rule.on = false;
    rule.closed_ms = now_ms;
    return [report];
  }
}
