import { setTimeout as sleep } from "node:timers/promises";
import type { BusRecord, Delivered, EventBus } from "@yardline/bus/event-bus";
import type { YardlineEvent } from "@yardline/events/event";
import type { MediaStore, Segment } from "@yardline/media/media-store";

export { memoryIndex } from "@yardline/index/testing";

/** A bus whose `say` publishes events; positions are `p1`, `p2` … */
export type MemoryBus = EventBus & {
  say(...events: readonly YardlineEvent[]): void;
  publishBytes(body: Uint8Array): void;
  readonly records: readonly Delivered[];
};

export function memoryBus(): MemoryBus {
  const records: Delivered[] = [];
  const add = (record: BusRecord): void =>
    void records.push({ ...record, position: `p${records.length + 1}` });
  return {
    records,
    say(...events) {
      for (const event of events) add(recordOf(event));
    },
    publishBytes: (body) => add({ key: "", source: "", body }),
    publish: async (_topic, more) => more.forEach(add),
    end: async () => `p${records.length}`,
    async *tail(_topic, after, signal) {
      let next = Number(after.slice(1));
      while (!signal.aborted) {
        const batch = records.slice(next, next + 500);
        next += batch.length;
        if (batch.length > 0) yield batch;
        else await sleep(5, undefined, { signal }).catch(() => undefined);
      }
    },
    subscribe: () => {
      throw new Error("The doors take part in no group.");
    },
    lag: unused,
    close: async () => undefined,
  };
}

export function recordOf(event: YardlineEvent): BusRecord {
  return { key: event.occurrence, source: event.source, body: Buffer.from(JSON.stringify(event)) };
}

/** Holds what it is given: bytes by id, and segments. */
export function memoryMedia(
  bytes: Readonly<Record<string, Uint8Array>> = {},
  segments: readonly Segment[] = [],
): MediaStore {
  return {
    read: async (id) => bytes[id],
    listSegments: async (camera, from_ms, to_ms) =>
      segments.filter((each) => each.camera === camera && each.from_ms < to_ms && each.to_ms > from_ms),
    putSegment: unused,
    putSnapshot: unused,
    expire: unused,
    close: async () => undefined,
  };
}

async function unused(): Promise<never> {
  throw new Error("The doors only read, and never this.");
}
