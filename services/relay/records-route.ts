import { setTimeout as delay } from "node:timers/promises";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Refusal } from "@yardline/api/problem";
import type { EventBus } from "@yardline/bus/event-bus";
import type { Clock } from "@yardline/domain/time";
import { batchTaken, recordRefused } from "@yardline/telemetry/relay";
import { openShares } from "@yardline/trackers/share";
import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Type } from "typebox";
import { admitRecords } from "./admit-records.ts";
import type { EdgeDirectory } from "./edge-directory.ts";
import { edgeId } from "./identity.ts";
import type { ReceiverLimits } from "./receiver.ts";
import { getRegisteredEdge } from "./registered-edge.ts";
import { Batch, RELAYED, Receipt, unpackBatch } from "./wire.ts";

/** Batches being taken at once over all edges; each is held in memory, some megabytes at worst. */
const BATCHES_MAX = 32;
const BUSY_RETRY_S = 1;
/** Longest that an acknowledgement is held back; who owes more is told when to come again. */
const HOLD_MS_MAX = 10_000;

type Options = {
  readonly bus: Pick<EventBus, "publish">;
  readonly directory: EdgeDirectory;
  readonly limits: ReceiverLimits;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

/** Takes batches of one edge and topic one after another, so that their order is the edge's. */
export const recordsRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { bus, directory, limits, clock, log, signal } = options;
  const shares = openShares(
    { messages_per_s: limits.records_per_s, messages_at_once: limits.records_at_once },
    clock,
  );
  const underWay = new Set<string>();

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    (_request: FastifyRequest, body: Buffer) => unpackBatch(body),
  );

  app.post(
    "/v1/records/:topic",
    {
      schema: {
        params: Type.Object({ topic: Type.Enum([...RELAYED]) }),
        body: Batch,
        response: { 200: Receipt },
      },
    },
    async (request) => {
      const edge = await getRegisteredEdge(request, directory);
      const { topic } = request.params;
      const lane = `${edgeId(edge)} ${topic}`;
      refuseGreed(shares.charge(lane, 0));
      if (underWay.has(lane) || underWay.size >= BATCHES_MAX) {
        throw new Refusal(
          503,
          "RECEIVER_BUSY",
          "Too many batches are being taken; send it again.",
          BUSY_RETRY_S,
        );
      }
      underWay.add(lane);
      try {
        const { records, refused } = admitRecords(topic, request.body.records, edge);
        await bus.publish(topic, records);
        batchTaken(topic, records.length);
        for (const { code, reason } of refused)
          recordRefused(log, { topic, edge: edgeId(edge), code, reason });
        // Whoever sends more than its share gets its answer later, and therefore sends its next batch later.
        const hold_ms = Math.min(shares.charge(lane, request.body.records.length), HOLD_MS_MAX);
        if (hold_ms > 0) await delay(hold_ms, undefined, { signal }).catch(() => undefined);
        return { taken: records.length, refused };
      } finally {
        underWay.delete(lane);
      }
    },
  );
};

function refuseGreed(owed_ms: number): void {
  if (owed_ms <= HOLD_MS_MAX) return;
  const retry_after_s = Math.ceil(owed_ms / 1000);
  throw new Refusal(
    429,
    "EDGE_TOO_FAST",
    "This edge sends more than its share; send it later.",
    retry_after_s,
  );
}
