import { packDerived, unpackDerived } from "@yardline/media/derived-bytes";
import type { FastifyReply } from "fastify";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import type { ClipPeriod } from "./event-period.ts";
import type { Parts } from "./parts.ts";
import type { MediaKind, Telemetry } from "./telemetry.ts";
import type { WorkQueue } from "./work-queue.ts";

/** One kind of thing that is made of clips: how it is called where it is kept, and what is to be known of it. */
export type Making<Facts extends TSchema> = {
  readonly kind: MediaKind;
  readonly what: string;
  readonly facts: Facts;
  readonly queue: WorkQueue;
};

export type Made<Facts extends TSchema> = { readonly facts: Static<Facts>; readonly data: Uint8Array };

type World = Pick<Parts, "derived" | "clock"> & { readonly telemetry: Telemetry };

/** Aborted as soon as whoever asked has gone. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort(new Error("Whoever asked has gone."));
  });
  return gone.signal;
}

/**
 * What is kept of that kind and period, or what `make` makes now, few at once, and then kept with the recording.
 * @throws what the queue and `make` throw.
 */
export async function madeOnce<Facts extends TSchema>(
  { derived, clock, telemetry }: World,
  { kind, what, facts, queue }: Making<Facts>,
  period: ClipPeriod,
  make: (signal: AbortSignal) => Promise<Made<Facts>>,
  gone: AbortSignal,
): Promise<Made<Facts>> {
  const find = async (): Promise<Made<Facts> | undefined> => {
    const kept = await derived?.findDerived({ ...period, what });
    const unpacked = kept && unpackDerived(kept);
    return unpacked && Value.Check(facts, unpacked.facts)
      ? { facts: unpacked.facts, data: unpacked.data }
      : undefined;
  };
  const anew = async (signal: AbortSignal): Promise<Made<Facts>> => {
    // Somebody may have had it made while this one waited.
    const meanwhile = await find();
    if (meanwhile) return meanwhile;
    const began_ms = clock.monotonic_ms();
    const took_s = () => (clock.monotonic_ms() - began_ms) / 1000;
    try {
      const made = await make(signal);
      telemetry.mediaMade(kind, "made", took_s());
      const packed = packDerived(Object(made.facts), made.data);
      await derived?.keepDerived({ ...period, what }, packed).catch((thrown: unknown) => {
        telemetry.derivedUnkept(kind, thrown);
      });
      return made;
    } catch (thrown) {
      telemetry.mediaMade(kind, signal.aborted ? "aborted" : "failed", took_s());
      throw thrown;
    }
  };
  return (await find()) ?? queue.run(anew, gone);
}
