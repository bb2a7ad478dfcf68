import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal, refuseBy } from "../problem.ts";
import { CameraParams, getCamera } from "../recorded-period.ts";
import { answers, refTo } from "../schemas.ts";

const RETRY_AFTER_S = 3;

export const CameraViewList = Type.Object(
  {
    views: Type.Array(
      Type.Object({
        token: Type.String({ description: "What the camera calls it." }),
        name: Type.String({ description: "What people call it; may be empty." }),
      }),
    ),
  },
  { $id: "CameraViewList" },
);

const Turn = Type.Object(
  { view: Type.String({ minLength: 1, maxLength: 200, description: "The token of a saved view." }) },
  { additionalProperties: false },
);

/** The views saved in a camera that turns, and turning it to one. */
export const cameraViewsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "cameras" | "town" | "clock">> = async (
  app,
  parts,
) => {
  const { cameras } = parts;
  app.get(
    "/v1/cameras/:camera/views",
    {
      config: { access: ["live"] },
      schema: {
        operationId: "listCameraViews",
        summary: "The views that are saved in a camera that turns",
        tags: ["cameras"],
        params: CameraParams,
        response: answers({ 200: refTo(CameraViewList) }, [400, 404, 409, 502]),
      },
    },
    async ({ params, visitor }) => {
      const { id } = getCamera(parts, params.camera, visitor, ["live"]);
      if (!cameras.listViews) throw elsewhere();
      return { views: [...(await cameras.listViews(id).catch(refuse))] };
    },
  );
  app.post(
    "/v1/cameras/:camera/turn",
    {
      config: { access: ["live"], audits: "always" },
      schema: {
        operationId: "turnCamera",
        summary: "Turn a camera to one of its saved views; it is told as an event",
        tags: ["cameras"],
        params: CameraParams,
        body: Turn,
        response: answers({ 204: Type.Null() }, [400, 404, 409, 429, 502]),
      },
    },
    async (request, reply) => {
      const { view } = request.body;
      const { id } = getCamera(parts, request.params.camera, request.visitor, ["live"]);
      if (!cameras.turnTo) throw elsewhere();
      const object = { kind: "camera", id };
      await audited(request, { action: "configure", object, details: { change: "turned", view } });
      await cameras.turnTo(id, view).catch(refuse);
      return reply.code(204).send(null);
    },
  );
};

function elsewhere(): Refusal {
  return new Refusal(404, "CAMERA_ELSEWHERE", "This camera is watched by another process.");
}

/** What the camera itself is in trouble with is 502, in words that never hold its address. */
const refuse = refuseBy(
  {
    CAMERA_UNKNOWN: 404,
    VIEW_UNKNOWN: 404,
    PTZ_MISSING: 409,
    PTZ_MASKED: 409,
    PTZ_BUSY: (message) => new Refusal(429, "PTZ_BUSY", message, RETRY_AFTER_S),
  },
  () => new Refusal(502, "CAMERA_SILENT", "The camera could not be asked; the log of its box says more."),
);
