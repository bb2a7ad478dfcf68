import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { timezoneOf } from "../event-language.ts";
import type { Parts } from "../parts.ts";
import { boundsOf } from "../places.ts";
import { answers, Instant, refTo } from "../schemas.ts";

export const Town = Type.Object(
  {
    name: Type.String(),
    tenant: Type.String(),
    simulated: Type.Boolean({ description: "True for the invented town: show it on every screen." }),
    timezone: Type.String({ description: "IANA name" }),
    bounds: Type.Optional(
      Type.Array(Type.Number(), {
        minItems: 4,
        maxItems: 4,
        description: "west, south, east, north around every stop and camera; absent where none has a place",
      }),
    ),
    cameras: Type.Integer(),
    stops: Type.Integer(),
    vehicles: Type.Integer({ description: "Those that are shown." }),
    positions_unavailable: Type.Optional(
      Type.Boolean({
        description: "True while it was decided to hide where vehicles are: say so on every screen.",
      }),
    ),
    now: Instant,
  },
  { $id: "Town" },
);

export const townRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "town" | "cameras" | "transit" | "clock">
> = async (app, { town, cameras, transit, clock }) => {
  app.get(
    "/v1/town",
    {
      config: { access: "public" },
      schema: {
        operationId: "getTown",
        summary: "The town itself: name, place, time, how much of what there is",
        tags: ["town"],
        response: answers({ 200: refTo(Town) }),
      },
    },
    async (_request, reply): Promise<Static<typeof Town>> => {
      const now_ms = clock.now_ms();
      const known = cameras.listCameras();
      const stops = transit?.listStops() ?? [];
      const { name, tenant, simulated } = town;
      const bounds = boundsOf({ cameras, transit });
      // It says what time it is, so that it is another each time: nobody asks whether it still is the same.
      reply.header("cache-control", "public, max-age=5");
      return {
        name,
        tenant,
        simulated,
        timezone: timezoneOf({ town, transit }),
        ...(bounds && { bounds }),
        cameras: known.length,
        stops: stops.length,
        vehicles: transit?.listVehicles(now_ms).length ?? 0,
        ...(transit?.isUnavailable() && { positions_unavailable: true }),
        now: isoOf(now_ms),
      };
    },
  );
};
