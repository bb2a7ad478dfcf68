import type { EpochMs } from "@yardline/domain/time";
import type { Progress } from "./progress.ts";
import type { PlannedRule, ScenePlan } from "./scene-plan.ts";
import type { Finding, Moment, RuleInUse, Severity } from "./scene-rule.ts";
import { type Calendar, isWithin } from "./schedule.ts";
import { type Sifted, sift, turnedAway } from "./sift.ts";

/** What a rule found, with all that its event says of the rule. */
export type Raised = {
  readonly rule: string;
  /** The event type. */
  readonly raises: string;
  /** Id of the zone or line; absent where it is about the camera itself. */
  readonly zone?: string;
  readonly severity: Severity;
  readonly finding: Finding;
};

/** How far one rule has come at its place, after a moment. */
export type RuleProgress = {
  readonly rule: string;
  /** Id of the zone or line; absent where it is about the camera itself. */
  readonly zone?: string;
  /** Its schedule is open. */
  readonly works: boolean;
  /** Seconds for which it raises nothing new. */
  readonly cools_s: number;
  /** Happenings that go on and were not told, since they began while it cooled down. */
  readonly swallowed: number;
  readonly items: readonly Progress[];
};

/** Schedules begin and end on whole minutes, and so do the changes of every clock. */
const MINUTE_MS = 60_000;

/** All rules of one camera at work: moments in, in the order of their time; what they find out. */
export class SceneWatch {
  readonly #rules: readonly RuleWatch[];

  /** @param aspect width of the picture over its height. */
  constructor({ rules, calendar }: ScenePlan, aspect: number) {
    this.#rules = rules.map((planned) => new RuleWatch(planned, calendar, aspect));
  }

  take(moment: Moment): readonly Raised[] {
    return this.#rules.flatMap((rule) => rule.take(moment));
  }

  /** How far each rule has come. @param moment the one taken last. */
  progress(moment: Moment): readonly RuleProgress[] {
    return this.#rules.map((rule) => rule.progress(moment));
  }

  /** Watching ends: what is open is closed. What comes after is a new beginning. */
  end(at_ms: EpochMs): readonly Raised[] {
    return this.#rules.flatMap((rule) => rule.end(at_ms));
  }
}

/** One use of a rule with its sieve before it, its schedule around it and its cool-down after it. */
class RuleWatch {
  readonly #planned: PlannedRule;
  readonly #calendar: Calendar;
  readonly #rule: RuleInUse;
  #sifted: Sifted = new Set();
  #works: { readonly minute: number; readonly now: boolean } | undefined;
  #raised_ms: EpochMs | undefined;
  /** Happenings that the cool-down swallowed and that still go on. */
  readonly #swallowed = new Set<string>();

  constructor(planned: PlannedRule, calendar: Calendar, aspect: number) {
    this.#planned = planned;
    this.#calendar = calendar;
    this.#rule = planned.rule.use(planned.options, { ...planned.where, aspect });
  }

  take(whole: Moment): readonly Raised[] {
    const worked = this.#works?.now ?? true;
    if (!this.#worksAt(whole.at_ms)) return worked ? this.end(whole.at_ms) : [];
    const { sifted, moment } = sift(this.#sifted, whole, this.#planned.sieve);
    this.#sifted = sifted;
    return this.#told(this.#rule.take(moment));
  }

  progress(moment: Moment): RuleProgress {
    const { rule, where, sieve } = this.#planned;
    const works = this.#works?.now ?? true;
    const items = works
      ? [...this.#rule.progress(moment.at_ms), ...turnedAway(this.#sifted, moment, sieve)]
      : [];
    return {
      rule: rule.kind,
      ...(rule.at !== "camera" && { zone: where.zone }),
      works,
      cools_s: this.#coolsFor_ms(moment.at_ms) / 1000,
      swallowed: this.#swallowed.size,
      items,
    };
  }

  #coolsFor_ms(at_ms: EpochMs): number {
    if (this.#raised_ms === undefined) return 0;
    return Math.max(0, this.#raised_ms + this.#planned.cooldown_s * 1000 - at_ms);
  }

  end(at_ms: EpochMs): readonly Raised[] {
    this.#sifted = new Set();
    const raised = this.#told(this.#rule.end(at_ms));
    this.#swallowed.clear();
    return raised;
  }

  #worksAt(at_ms: EpochMs): boolean {
    const { schedule } = this.#planned;
    if (!schedule) return true;
    const minute = Math.floor(at_ms / MINUTE_MS);
    if (this.#works?.minute !== minute)
      this.#works = { minute, now: isWithin(schedule, at_ms, this.#calendar) };
    return this.#works.now;
  }

  #told(findings: readonly Finding[]): readonly Raised[] {
    const { rule, where, severity } = this.#planned;
    // In a fixed order: of two at once the cool-down takes one, and it must always be the same.
    return [...findings]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .filter((finding) => this.#passes(finding))
      .map((finding) => ({
        ...{ rule: rule.kind, raises: rule.raises, severity, finding },
        ...(rule.at !== "camera" && { zone: where.zone }),
      }));
  }

  #passes({ state, key, at_ms, data }: Finding): boolean {
    if (this.#swallowed.has(key)) {
      if (state === "closed") this.#swallowed.delete(key);
      return false;
    }
    const begins = state === "opened" || (state === "closed" && data.since_ms === at_ms);
    if (!begins) return true;
    const cooling = this.#coolsFor_ms(at_ms) > 0;
    if (cooling && state === "opened") this.#swallowed.add(key);
    if (!cooling) this.#raised_ms = at_ms;
    return !cooling;
  }
}
