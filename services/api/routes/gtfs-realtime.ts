import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { EpochMs } from "@yardline/domain/time";
import { answerConditionally } from "../etag.ts";
import type { Parts, TransitView } from "../parts.ts";
import { answerIn, answers, Binary } from "../schemas.ts";
import { loaded } from "../transit.ts";

const PROTOBUF_TYPE = "application/x-protobuf";

type Feed = {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly message: (transit: TransitView, now_ms: EpochMs) => Uint8Array;
};

const FEEDS: readonly Feed[] = [
  {
    path: "/gtfs-realtime/trip-updates.pb",
    operationId: "getTripUpdates",
    summary: "GTFS-Realtime TripUpdates: when each vehicle will be where",
    message: (transit, now_ms) => transit.tripUpdates(now_ms),
  },
  {
    path: "/gtfs-realtime/vehicle-positions.pb",
    operationId: "getVehiclePositions",
    summary: "GTFS-Realtime VehiclePositions: where each vehicle is",
    message: (transit, now_ms) => transit.vehiclePositions(now_ms),
  },
  {
    path: "/gtfs-realtime/alerts.pb",
    operationId: "getAlerts",
    summary: "GTFS-Realtime Alerts: closed stops, detours, delays, in three languages",
    message: (transit, now_ms) => transit.alerts(now_ms),
  },
];

/** @see https://gtfs.org/documentation/realtime/reference/ */
export const gtfsRealtimeRoute: FastifyPluginAsyncTypebox<Pick<Parts, "transit" | "clock">> = async (
  app,
  { transit, clock },
) => {
  for (const { path, operationId, summary, message } of FEEDS) {
    app.get(
      path,
      {
        config: { access: "public" },
        onSend: answerConditionally,
        schema: {
          operationId,
          summary,
          tags: ["transit"],
          response: answers({ 200: answerIn(PROTOBUF_TYPE, Binary, "A FeedMessage") }, [404]),
        },
      },
      async (_request, reply) => {
        const bytes = message(loaded(transit), clock.now_ms());
        reply.type(PROTOBUF_TYPE).header("cache-control", "public, max-age=5");
        return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      },
    );
  }
};
