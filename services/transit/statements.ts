import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { occurrenceOf } from "@yardline/events/identity";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Said } from "@yardline/records/revise";
import { FLEET_RULES } from "@yardline/rules/transit/fleet-rules";
import { TRANSIT_RULES } from "@yardline/rules/transit/rules";
import type { Finding } from "@yardline/rules/transit/transit-rule";
import { transitGaveUp, transitStated, transitTroubled } from "@yardline/telemetry/transit";
import type { Logger } from "pino";
import { insist } from "./insist.ts";
import { lostSaid, saidOf } from "./said.ts";

/** What is learnt so much later than it could be known alerts nobody: it is history. */
const BACKFILLED_AFTER_MS = 15 * 60_000;
/** Statements in one call of the producer. */
const CALL_MAX = 500;
/** What the rules raise: of other events somebody else says how they end. */
const RAISED: ReadonlySet<string> = new Set([...TRANSIT_RULES, ...FLEET_RULES].map(({ raises }) => raises));

export type Statements = {
  /** States findings; waits until the bus has them, however long that takes. */
  state(findings: readonly Finding[]): Promise<void>;
  /** After a restart: ends what an earlier process left open and that is not among these. @returns how many. */
  endOthers(standing: readonly Finding[]): Promise<number>;
};

export function openStatements(
  producer: Pick<Producer, "state" | "listOpen">,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
  signal: AbortSignal,
): Statements {
  async function stateAll(said: readonly Said[]): Promise<void> {
    for (let from = 0; from < said.length; from += CALL_MAX)
      await stateSome(said.slice(from, from + CALL_MAX));
  }

  async function stateSome(said: readonly Said[]): Promise<void> {
    try {
      const trouble = ({ code, message }: AppError) => transitTroubled(log, code, message);
      await insist(() => producer.state(said), trouble, signal);
    } catch (thrown) {
      // Of a statement that cannot be made, a retry makes nothing better; the others of the call were made.
      if (!(thrown instanceof AppError)) throw thrown;
      transitGaveUp(log, thrown.code, thrown.message);
    }
    for (const { eventType, state } of said) transitStated(eventType.type, state);
  }

  return {
    state: (findings) => {
      const now_ms = clock.now_ms();
      const said = findings.map((finding) => ({
        ...saidOf(finding),
        backfilled: isHistory(finding, now_ms),
      }));
      return stateAll(said);
    },
    async endOthers(standing) {
      const open = standing.filter(({ state }) => state === "open");
      const names = new Set(open.map((finding) => nameOf(saidOf(finding))));
      const others = producer
        .listOpen()
        .filter(({ type, occurrence }) => RAISED.has(type) && !names.has(occurrence));
      await stateAll(others.map(lostSaid));
      return others.length;
    },
  };
}

/** Learnt long after it could be known, out of a device's black box or by an order for this morning. */
export function isHistory({ at_ms }: Finding, now_ms: EpochMs): boolean {
  return now_ms - at_ms > BACKFILLED_AFTER_MS;
}

function nameOf({ source, eventType, data }: Said): string {
  return occurrenceOf(source, eventType.type, eventType.identity(data));
}
