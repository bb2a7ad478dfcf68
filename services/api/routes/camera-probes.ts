import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal, refuseBy } from "../problem.ts";
import { CameraParams, getCamera } from "../recorded-period.ts";
import { answerIn, answers, Binary, Instant, NameParameter, refTo } from "../schemas.ts";
import { createSetUpStills } from "../set-up-stills.ts";
import type { ProbedCamera } from "../settings-parts.ts";
import { createWorkQueue } from "../work-queue.ts";

/** A probe listens for seconds and takes a core for as long: one at a time, and a few wait. */
const PROBES = { at_once: 1, waiting_max: 3 };
const RETRY_AFTER_S = 10;

export const SetUpStill = Type.Object(
  { id: Type.String(), expires_at: Instant },
  { $id: "SetUpStill", description: "One picture, in memory, for whoever had it taken." },
);

export const CameraProbe = Type.Object(
  {
    codec: Type.String({ description: "As in h264." }),
    profile: Type.Optional(Type.String()),
    width_px: Type.Integer(),
    height_px: Type.Integer(),
    fps: Type.Number(),
    bit_rate_kbps: Type.Number(),
    key_frame_distance_s: Type.Optional(Type.Number()),
    cost: Type.Object(
      {
        copy_ms: Type.Optional(Type.Number({ description: "Recorded as it comes." })),
        look_ms: Type.Number({ description: "Looked at while something moves." }),
        burnt_in_ms: Type.Number({ description: "Painted, encoded anew and looked at." }),
      },
      { description: "CPU milliseconds a second on this machine, without the detector." },
    ),
    advice: Type.Array(Type.String(), { description: "What to change in the camera, in English." }),
    still: refTo(SetUpStill),
  },
  { $id: "CameraProbe" },
);

const Asked = Type.Object(
  {
    address: Type.String({
      minLength: 1,
      maxLength: 2_000,
      description:
        "Where its pictures come from, password included: rtsp, rtsps, http or https, never a file, and never this machine. It is kept nowhere.",
    }),
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "setUp" | "cameras" | "town" | "clock">;

/** Getting to know a camera before it is set up, and the one picture that masks and zones are drawn on. */
export const cameraProbesRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const message = "Other cameras are being probed. Try again in a moment.";
  const probes = createWorkQueue(PROBES, () => new Refusal(503, "PROBES_BUSY", message, RETRY_AFTER_S));
  const stills = createSetUpStills(options.clock);
  const take = (jpeg: Uint8Array, camera: string | undefined, request: FastifyRequest) => {
    const { id, expires_ms } = stills.keep(jpeg, { camera, for: whoOf(request) });
    return { id, expires_at: isoOf(expires_ms) };
  };

  app.post(
    "/v1/camera-probes",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "probeCamera",
        summary: "Listen to a camera that is not set up yet: what it sends, what it costs here, one picture",
        tags: ["settings"],
        body: Asked,
        response: answers({ 201: refTo(CameraProbe) }, [400, 404, 502, 503]),
      },
    },
    async (request, reply) => {
      const { probe } = having(options.setUp);
      const object = { kind: "camera", id: "(new)" };
      await audited(request, { action: "configure", object, details: { change: "probed", still: true } });
      const found = await probes.run(() => probe(request.body.address)).catch(refuse);
      return reply.code(201).send({ ...shown(found), still: take(found.jpeg, undefined, request) });
    },
  );

  app.post(
    "/v1/cameras/:camera/still",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "takeSetUpStill",
        summary: "Take one picture of a camera, so that its masks, zones and lines can be drawn on it",
        description: "Without its mask, since that is what is drawn: it is written down who had it taken.",
        tags: ["settings"],
        params: CameraParams,
        response: answers({ 201: refTo(SetUpStill) }, [400, 404, 502, 503]),
      },
    },
    async (request, reply) => {
      const { id } = getCamera(options, request.params.camera, request.visitor, ["configure"]);
      const { still } = having(options.setUp);
      const object = { kind: "camera", id };
      await audited(request, { action: "configure", object, details: { change: "set-up still" } });
      const jpeg = await probes.run(() => still(id)).catch(refuse);
      return reply.code(201).send(take(jpeg, id, request));
    },
  );

  app.get(
    "/v1/stills/:still",
    {
      config: { access: ["configure"] },
      schema: {
        operationId: "getSetUpStill",
        summary: "A set-up still, for ten minutes, for whoever had it taken",
        tags: ["settings"],
        params: Type.Object({ still: NameParameter }),
        response: answers({ 200: answerIn("image/jpeg", Binary, "The picture") }, [404]),
      },
    },
    async (request, reply) => {
      const found = stills.find(request.params.still, whoOf(request));
      if (!found)
        throw new Refusal(404, "STILL_GONE", "There is no such picture, or no longer: take another.");
      void reply.header("cache-control", "no-store");
      return reply.type("image/jpeg").send(Buffer.from(found.jpeg));
    },
  );
};

function shown({ jpeg: _, figures, cost, advice }: ProbedCamera): Omit<Static<typeof CameraProbe>, "still"> {
  const { codec, profile, width_px, height_px, fps, bit_rate_kbps, key_frame_distance_s } = figures;
  return {
    ...{ codec, width_px, height_px, fps, bit_rate_kbps, cost: { ...cost }, advice: [...advice] },
    ...(profile !== undefined && { profile }),
    ...(key_frame_distance_s !== undefined && { key_frame_distance_s }),
  };
}

function whoOf({ visitor, ip }: FastifyRequest): string {
  return visitor.person?.login ?? ip;
}

function having(setUp: Parts["setUp"]): NonNullable<Parts["setUp"]> {
  if (setUp) return setUp;
  throw new Refusal(404, "CAMERA_ELSEWHERE", "Cameras are watched by another process; set them up there.");
}

/** In words that hold neither the address nor what answered there. */
const refuse = refuseBy(
  {
    CAMERA_UNKNOWN: 404,
    CAMERA_ADDRESS: 400,
    ADDRESS_FORBIDDEN: 400,
    ADDRESS_UNKNOWN: 400,
    SECRET_UNKNOWN: 400,
    CAMERA_LOST: 502,
    CAMERA_UNDECODABLE: 502,
  },
  () => new Refusal(502, "CAMERA_SILENT", "The camera could not be asked; check its address."),
);
