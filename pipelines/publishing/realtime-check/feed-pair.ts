import { type Message, readMessage } from "./message.ts";
import type { Plan } from "./plan.ts";
import type { Breach } from "./rule.ts";
import { checkRealtime } from "./rules.ts";

/** What a trip that nobody drives yet, or that was cancelled, cannot have. Consumers must hear of it all the same. */
const OF_VEHICLES: ReadonlySet<string> = new Set(["W002", "W003"]);

/** The feeds of one agency, look after look, as a consumer would fetch them. That a trip is told without a vehicle is meant. */
export class FeedPair {
  readonly #plan: Plan;
  #before: readonly Message[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** @param feeds the same ones in the same order each time. */
  look(feeds: readonly Uint8Array[], now_ms: number): readonly Breach[] {
    const together = feeds.map(readMessage);
    const unmanned = new Set(
      together.flatMap(({ entity = [] }) =>
        entity.flatMap(({ id, tripUpdate }) => (tripUpdate && !tripUpdate.vehicle && id ? [id] : [])),
      ),
    );
    const breaches = together.flatMap((message, i) => {
      const before = this.#before[i];
      const look = { message, together, plan: this.#plan, now_ms, ...(before && { before }) };
      return [...checkRealtime(look)].filter(
        ({ rule, entity }) => !(OF_VEHICLES.has(rule) && unmanned.has(entity)),
      );
    });
    this.#before = together;
    return breaches;
  }
}
