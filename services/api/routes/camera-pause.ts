import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { Right } from "@yardline/permission/rights";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import type { PauseView } from "../privacy-parts.ts";
import { Refusal, refuseBy, type Statuses } from "../problem.ts";
import { CameraParams, getCamera } from "../recorded-period.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { nameOf } from "../visitor.ts";
import { Camera, cameraOf } from "./cameras.ts";

/**
 * Whoever somebody at the place may complain to can stop a camera at once: who watches it now, a partner's people theirs; the privacy
 * officer; who sets it up. To end a pause early is to film again in spite of the complaint, so who wants to see may not.
 */
const MAY_PAUSE = ["configure", "audit", "live"] as const satisfies readonly Right[];
const MAY_RESUME = ["configure", "audit"] as const satisfies readonly Right[];

const Reason = Type.String({
  minLength: 3,
  maxLength: 500,
  pattern: "\\S",
  description: "Why; whoever may know of the camera reads it. Name nobody.",
});
const Asked = Type.Object({ reason: Reason, until: Instant }, { additionalProperties: false });

type Options = Pick<Parts, "cameras" | "town" | "pauses" | "clock">;

export const cameraPauseRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { pauses, cameras } = options;
  const now = (camera: string) => cameraOf(cameras.listCameras().find(({ id }) => id === camera) ?? gone());

  app.post(
    "/v1/cameras/:camera/pause",
    {
      config: { access: MAY_PAUSE, audits: "always" },
      schema: {
        operationId: "pauseCamera",
        summary: "Pause a camera at once: nothing of it is decoded, recorded or shown until then",
        description: "One that is paused already stays so until the later of both ends.",
        tags: ["cameras"],
        params: CameraParams,
        body: Asked,
        response: answers({ 200: refTo(Camera) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { body, params, visitor } = request;
      const { id } = getCamera(options, params.camera, visitor, MAY_PAUSE);
      const { reason, until } = body;
      await audited(request, { action: "pause", object: { kind: "camera", id }, details: { reason, until } });
      const paused_by = nameOf(visitor);
      await told(() => having(pauses).pause(id, { reason, until_ms: Date.parse(until), paused_by }));
      return now(id);
    },
  );

  app.post(
    "/v1/cameras/:camera/pause/end",
    {
      config: { access: MAY_RESUME, audits: "always" },
      schema: {
        operationId: "resumeCamera",
        summary: "End a camera's pause before its time",
        tags: ["cameras"],
        params: CameraParams,
        body: Type.Object({ reason: Reason }, { additionalProperties: false }),
        response: answers({ 200: refTo(Camera) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { body, params, visitor } = request;
      const { id } = getCamera(options, params.camera, visitor, MAY_RESUME);
      const details = { reason: body.reason, ended: true };
      await audited(request, { action: "pause", object: { kind: "camera", id }, details });
      await told(() => having(pauses).resume(id));
      return now(id);
    },
  );
};

function having(pauses: PauseView | undefined): PauseView {
  if (pauses) return pauses;
  throw new Refusal(409, "CAMERA_ELSEWHERE", "This camera is on an edge box; pause it there.");
}

function gone(): never {
  throw new Refusal(404, "CAMERA_UNKNOWN", "There is no such camera.");
}

const STATUSES: Statuses = {
  PAUSE_WRONG: 400,
  RECORDS_CONFLICT: () =>
    new Refusal(409, "PAUSE_CHANGED", "Somebody else paused it in this moment; look, and ask again."),
};

async function told(work: () => Promise<void>): Promise<void> {
  await Promise.try(work).catch(refuseBy(STATUSES));
}
