import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import { carryOut } from "../dispatch.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const DeviceId = Type.String({ minLength: 1, maxLength: 64, pattern: "^[^\\u0000-\\u001f\\u007f]+$" });
const Device = Type.Object(
  { protocol: DeviceId, device_id: DeviceId, vehicle_id: DeviceId },
  { additionalProperties: false },
);

export const UnknownTrackerList = Type.Object(
  {
    trackers: Type.Array(
      Type.Object({
        protocol: Type.String(),
        device_id: Type.String({ description: "IMEI or serial number." }),
        first_seen_at: Instant,
        last_seen_at: Instant,
      }),
      { description: "The last heard first." },
    ),
  },
  { $id: "UnknownTrackerList" },
);

export const trackersRoute: FastifyPluginAsyncTypebox<Pick<Parts, "trackers">> = async (
  app,
  { trackers },
) => {
  app.get(
    "/v1/trackers/unknown",
    {
      config: { access: ["dispatch", "configure"] },
      schema: {
        operationId: "listUnknownTrackers",
        summary: "Trackers that knock in vain: nobody said which vehicle carries them",
        tags: ["dispatch"],
        response: answers({ 200: refTo(UnknownTrackerList) }, [503]),
      },
    },
    async () => ({ trackers: [...(await trackers.listUnknown())] }),
  );
  app.post(
    "/v1/trackers",
    {
      config: { access: ["dispatch", "configure"], audits: "always" },
      schema: {
        operationId: "adoptTracker",
        summary: "Gives a tracker to a vehicle, from its next connection on",
        tags: ["dispatch"],
        body: Device,
        response: answers({ 201: Device }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { protocol, device_id, vehicle_id } = body;
      const object = { kind: "tracker", id: device_id };
      await audited(request, { action: "configure", object, details: { protocol, vehicle_id } });
      await carryOut(() => trackers.adopt(body));
      return reply.code(201).send(body);
    },
  );
};
