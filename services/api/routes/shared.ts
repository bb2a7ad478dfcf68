import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { tripUpdatesFeed, vehiclePositionsFeed } from "@yardline/publishing/gtfs-realtime";
import type { ShareNote } from "@yardline/tenancy/shares";
import { answerConditionally } from "../etag.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, Binary, refTo } from "../schemas.ts";
import { cutOf, SharedLines } from "../shared-lines.ts";
import { loaded } from "../transit.ts";
import type { Visitor } from "../visitor.ts";

const PROTOBUF_TYPE = "application/x-protobuf";

/** Bytes by the lines that are shared. */
const FEEDS = [
  {
    path: "/v1/shared/vehicle-positions.pb",
    operationId: "getSharedVehiclePositions",
    summary: "GTFS-Realtime VehiclePositions of the lines that a neighbour is given",
    message: ({ vehicles }: SharedLines, now_ms: number) => vehiclePositionsFeed(vehicles, now_ms),
  },
  {
    path: "/v1/shared/trip-updates.pb",
    operationId: "getSharedTripUpdates",
    summary: "GTFS-Realtime TripUpdates of the lines that a neighbour is given",
    message: ({ arrivals }: SharedLines, now_ms: number) => tripUpdatesFeed(arrivals, now_ms),
  },
] as const;

/**
 * What a neighbour's box asks with the token of its share. Which share it is says the token alone, and it is looked up each time: nothing here
 * can be asked for by name.
 */
export const sharedRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  app.get(
    "/v1/shared",
    {
      config: { access: "share" },
      onSend: answerConditionally,
      schema: {
        operationId: "getSharedLines",
        summary: "The lines that a neighbour is given: where they run, their vehicles and arrivals",
        tags: ["shares"],
        response: answers({ 200: refTo(SharedLines) }, [401, 403, 404]),
      },
    },
    async ({ visitor }) => cutOf(loaded(transit), shareOf(visitor), clock.now_ms()),
  );
  for (const { path, operationId, summary, message } of FEEDS) {
    app.get(
      path,
      {
        config: { access: "share" },
        onSend: answerConditionally,
        schema: {
          operationId,
          summary,
          tags: ["shares"],
          response: answers({ 200: answerIn(PROTOBUF_TYPE, Binary, "A FeedMessage") }, [401, 403, 404]),
        },
      },
      async ({ visitor }, reply) => {
        const now_ms = clock.now_ms();
        const bytes = message(cutOf(loaded(transit), shareOf(visitor), now_ms), now_ms);
        return reply.type(PROTOBUF_TYPE).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      },
    );
  }
};

function shareOf({ share }: Visitor): ShareNote {
  if (share) return share;
  throw new Refusal(401, "SIGN_IN", "Ask with the token of the share.");
}
