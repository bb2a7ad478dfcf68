import type { Delivered } from "@yardline/bus/event-bus";
import { type Clock, isoOf } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";

/** Most records set aside; what comes on top is only counted, so that a flood cannot bury the first ones. */
export const DEAD_LETTERS_MAX = 1_000;
/** What is kept of a body: enough to see what it was. */
const BODY_BYTES_MAX = 16_384;

const KIND = "dead-letter";

/** A record that could not be read, with the reason. */
export type DeadLetter = { readonly record: Delivered; readonly reason: string };

/** Sets records aside durably; the same record twice is kept once. */
export class DeadLetters {
  readonly #records: Pick<Records, "list" | "write">;
  readonly #clock: Clock;
  /** Ids of those that are kept; unknown until the first one comes. */
  #kept: Set<string> | undefined;

  constructor(records: Pick<Records, "list" | "write">, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** @returns those for which there was room. */
  async keep(letters: readonly DeadLetter[]): Promise<ReadonlySet<DeadLetter>> {
    if (letters.length === 0) return new Set();
    this.#kept ??= new Set((await this.#records.list(KIND)).map(({ id }) => id));
    const known = new Set(this.#kept);
    const taken = letters.filter(({ record }) => {
      const fits = known.has(record.position) || known.size < DEAD_LETTERS_MAX;
      if (fits) known.add(record.position);
      return fits;
    });
    const kept_at = isoOf(this.#clock.now_ms());
    await this.#records.write(
      taken.map(({ record: { position, key, source, body }, reason }) => ({
        kind: KIND,
        id: position,
        value: {
          topic: "events",
          position,
          key,
          source,
          reason,
          kept_at,
          bytes: body.byteLength,
          body_base64: Buffer.from(body.subarray(0, BODY_BYTES_MAX)).toString("base64"),
        },
      })),
    );
    this.#kept = known;
    return new Set(taken);
  }
}
