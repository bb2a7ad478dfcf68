import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { isStampedFor } from "@yardline/bus/record-source";
import { AppError } from "@yardline/domain/errors";

/**
 * One tenant's records of a shared bus, as a region's doors read it. An event says itself whose it is; of everything else the
 * receiver's stamp does, and what bears none is the region's own. A position names a place on the shared bus: whoever resumes at
 * another's hears their own from there.
 */
export function tenantBus(shared: EventBus, tenant: string): EventBus {
  // Inside a text its quotes would be escaped, so these bytes are a field with that value and nothing else.
  const says = Buffer.from(`"tenant":${JSON.stringify(tenant)}`);
  const isOwn = (topic: string, { source, body }: Pick<Delivered, "source" | "body">): boolean =>
    topic === "events"
      ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes(says)
      : isStampedFor(source, tenant);
  return {
    async publish(topic, records) {
      if (records.some((record) => !isOwn(topic, record))) {
        throw new AppError(
          "BUS_FOREIGN",
          `On "${topic}" the doors of "${tenant}" publish nothing of another's.`,
        );
      }
      await shared.publish(topic, records);
    },
    async *tail(topic, after, signal) {
      for await (const batch of shared.tail(topic, after, signal)) {
        const own = batch.filter((record) => isOwn(topic, record));
        if (own.length > 0) yield own;
      }
    },
    subscribe: () => {
      throw new AppError(
        "BUS_FOREIGN",
        "A group reads the whole bus; the doors of one tenant take part in none.",
      );
    },
    end: (topic) => shared.end(topic),
    lag: (topic, group) => shared.lag(topic, group),
    close: async () => undefined,
  };
}
