import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { isAllowed } from "@yardline/permission/decide";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { IfMatch, requiredRevision, revisionTag } from "../if-match.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { CameraParams } from "../recorded-period.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { changesIn, having, refusing } from "../settings.ts";
import type { KeptCamera } from "../settings-parts.ts";
import type { Visitor } from "../visitor.ts";
import { nameOf } from "../visitor.ts";

/** Sixty-four zones of as many corners are some hundred kilobytes. */
const BODY_BYTES_MAX = 512 * 1024;

/** Cameras are called in addresses, file names and events as their settings say. */
const AnySettings = Type.Record(Type.String(), Type.Unknown(), {
  description: "As a camera stands in a town.yaml; never its address.",
});

export const CameraSettings = Type.Object(
  {
    id: Type.String(),
    revision: Type.Optional(Type.Integer({ description: "The `ETag`; absent where a file has them." })),
    changed_by: Type.Optional(Type.String()),
    changed_at: Type.Optional(Instant),
    settings: AnySettings,
  },
  { $id: "CameraSettings" },
);

const Asked = Type.Object(
  {
    settings: AnySettings,
    address: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description: "Its new address, password included; it is sealed and never given out again.",
      }),
    ),
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "settings" | "cameras" | "town">;

/** The settings of each camera, and changing them: whoever read an older state is told, and overwrites nothing. */
export const cameraSettingsRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  await app.register(reading, options);
  await app.register(changing, options);
};

const reading: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  app.get(
    "/v1/settings/cameras",
    {
      config: { access: ["configure"] },
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "listCameraSettings",
        summary: "The settings of the cameras that whoever asks may set up",
        tags: ["settings"],
        response: answers({ 200: Type.Object({ cameras: Type.Array(refTo(CameraSettings)) }) }, [404, 503]),
      },
    },
    async ({ visitor }) => {
      const kept = await having(options.settings).cameras.list();
      return { cameras: kept.filter((each) => maySetUp(options, each, visitor)).map(answerOf) };
    },
  );

  app.get(
    "/v1/settings/cameras/:camera",
    {
      config: { access: ["configure"] },
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "getCameraSettings",
        summary: "The settings of one camera; its `ETag` is needed to change them",
        tags: ["settings"],
        params: CameraParams,
        response: answers({ 200: refTo(CameraSettings) }, [404, 503]),
      },
    },
    async ({ params, visitor }, reply) => {
      const found = await having(options.settings).cameras.find(params.camera);
      if (!found || !maySetUp(options, found, visitor)) throw unknown();
      if (found.revision !== undefined) void reply.header("etag", revisionTag(found.revision));
      return answerOf(found);
    },
  );
};

const changing: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  app.put(
    "/v1/settings/cameras/:camera",
    {
      config: { access: ["configure"], audits: "always" },
      bodyLimit: BODY_BYTES_MAX,
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "writeCameraSettings",
        summary: "Set up a camera, or change one: in use within seconds, without a restart",
        description: 'A camera that is not there yet is written with `If-Match: "0"`.',
        tags: ["settings"],
        params: CameraParams,
        headers: IfMatch,
        body: Asked,
        response: answers({ 200: refTo(CameraSettings) }, [400, 404, 409, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { params, body, visitor, headers } = request;
      const { cameras } = having(options.settings);
      const seen = requiredRevision(headers);
      const found = await cameras.find(params.camera);
      if (!maySetUp(options, found ?? { id: params.camera, settings: {} }, visitor)) throw unknown();
      await audited(request, {
        action: "configure",
        object: { kind: "camera", id: params.camera },
        details: {
          change: changesIn(found?.settings ?? {}, body.settings).join(", "),
          ...(body.address !== undefined && { address: "changed" }),
        },
      });
      const written = await refusing(
        cameras.write({
          id: params.camera,
          settings: body.settings,
          address: body.address,
          seen,
          by: nameOf(visitor),
        }),
      );
      if (written.revision !== undefined) void reply.header("etag", revisionTag(written.revision));
      return answerOf(written);
    },
  );

  app.delete(
    "/v1/settings/cameras/:camera",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "removeCameraSettings",
        summary:
          "Take a camera out of the town; what it recorded goes after the plain time, whatever its own was",
        tags: ["settings"],
        params: CameraParams,
        headers: IfMatch,
        response: answers({ 204: Type.Null() }, [400, 404, 409, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { params, visitor, headers } = request;
      const { cameras } = having(options.settings);
      const seen = requiredRevision(headers);
      const found = await cameras.find(params.camera);
      if (!found || !maySetUp(options, found, visitor)) throw unknown();
      const object = { kind: "camera", id: params.camera };
      await audited(request, { action: "configure", object, details: { change: "removed" } });
      await refusing(cameras.remove({ id: params.camera, seen }));
      return reply.code(204).send(null);
    },
  );
};

/** A camera that does not run yet is known by its settings alone. */
function maySetUp({ cameras, town }: Options, { id }: Pick<KeptCamera, "id">, visitor: Visitor): boolean {
  const camera = cameras.listCameras().find((each) => each.id === id) ?? { id };
  return isAllowed(visitor, { right: "configure", tenant: town.tenant, camera });
}

function unknown(): Refusal {
  return new Refusal(404, "CAMERA_UNKNOWN", "There is no such camera.");
}

function answerOf({ id, revision, by, at_ms, settings }: KeptCamera): Static<typeof CameraSettings> {
  return {
    id,
    ...(revision !== undefined && { revision }),
    ...(by !== undefined && { changed_by: by }),
    ...(at_ms !== undefined && { changed_at: isoOf(at_ms) }),
    settings: { ...settings },
  };
}
