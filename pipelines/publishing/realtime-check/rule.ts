import type { EpochMs } from "@yardline/domain/time";
import type { Message } from "./message.ts";
import type { Plan } from "./plan.ts";

/** One feed at one moment, what was fetched before it, and what else the agency publishes at that moment. */
export type Look = {
  readonly message: Message;
  readonly before?: Message;
  /** TripUpdates, VehiclePositions and Alerts of the agency, this message among them: some rules compare them. */
  readonly together: readonly Message[];
  readonly plan: Plan;
  readonly now_ms: EpochMs;
};

/** One place in a feed that breaks a rule. */
export type Breach = {
  /** `E001` … `E052`, `W001` … `W009` as the canonical validator counts them. */
  readonly rule: string;
  /** Of the entity; "header" where the whole feed is meant. */
  readonly entity: string;
  readonly text: string;
};

/** Rules about one subject: each says in a few words what is wrong, or something falsy. */
export type Rules<Subject> = Readonly<Record<string, (subject: Subject) => string | false | undefined>>;

/** Holds one subject against its rules. */
export function* breachesOf<Subject>(
  rules: Rules<Subject>,
  entity: string | undefined,
  subject: Subject,
): Iterable<Breach> {
  for (const [rule, check] of Object.entries(rules)) {
    const text = check(subject);
    if (text) yield { rule, entity: entity ?? "", text };
  }
}
