import { type Message, readMessage } from "./message.ts";
import type { Plan } from "./plan.ts";
import type { Breach } from "./rule.ts";
import { checkRealtime } from "./rules.ts";

/** The feeds of one agency, look after look, as a consumer would fetch them. */
export class FeedPair {
  readonly #plan: Plan;
  #before: readonly Message[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** @param feeds the same ones in the same order each time. */
  look(feeds: readonly Uint8Array[], now_ms: number): readonly Breach[] {
    const together = feeds.map(readMessage);
    const breaches = together.flatMap((message, i) => {
      const before = this.#before[i];
      return [...checkRealtime({ message, together, plan: this.#plan, now_ms, ...(before && { before }) })];
    });
    this.#before = together;
    return breaches;
  }
}
