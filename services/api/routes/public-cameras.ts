import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { LANGUAGES, type Language } from "@yardline/events/event-type";
import { signPdf } from "@yardline/publishing/pdf/sign-pdf";
import { type Static, Type } from "typebox";
import type { CameraStatus } from "../camera-parts.ts";
import type { Parts, TownView } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { CameraParams } from "../recorded-period.ts";
import { REGISTER_POLICY, registerPage } from "../register-page.ts";
import { answerIn, answers, Binary, Instant, Place, refTo } from "../schemas.ts";
import { signFactsOf } from "../sign-facts.ts";

/** What everybody may know of a camera: why it films, by what right, who answers, for how long, and where. Never what it shows. */
const PublicCamera = Type.Object({
  id: Type.String(),
  name: Type.String(),
  place: Type.Optional(refTo(Place)),
  purpose: Type.String(),
  legal_basis: Type.String(),
  controller: Type.String(),
  retention_h: Type.Number(),
  mask_form: Type.Enum(["none-needed", "burnt-in", "in-camera"]),
  recorded: Type.Boolean({ description: "Footage from disk: nobody is filmed." }),
  films: Type.Boolean({
    description: "Whether it sees anything now; not while it is paused, lost or closed.",
  }),
  paused_until: Type.Optional(Instant),
  sign: Type.Optional(Type.Enum(["posted", "stale", "not-yet", "not-needed"])),
  sign_version: Type.Optional(Type.String()),
});

export const PublicCameraList = Type.Object(
  {
    contact: Type.Optional(Type.String({ description: "Whom to write to about cameras." })),
    officer: Type.Optional(Type.String({ description: "The data protection officer." })),
    cameras: Type.Array(PublicCamera),
  },
  { $id: "PublicCameraList" },
);

const LanguageQuery = Type.Object(
  { language: Type.Optional(Type.Enum([...LANGUAGES])) },
  { additionalProperties: false },
);
/** The town's own pages open in it, too. */
const USUAL: Language = "uk";
const KEPT = "public, max-age=60";

/** The register of cameras, which everybody may read, and the sign of each. */
export const publicCamerasRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "cameras" | "town" | "clock">
> = async (app, { cameras, town, clock }) => {
  app.get(
    "/v1/public/cameras",
    {
      config: { access: "public" },
      schema: {
        operationId: "listPublicCameras",
        summary:
          "The public register of cameras: where they are, why they film, by what right, and who answers",
        tags: ["town"],
        response: answers({ 200: refTo(PublicCameraList) }),
      },
    },
    async (_request, reply) => {
      void reply.header("cache-control", KEPT);
      return { ...contactOf(town), cameras: cameras.listCameras().map(publicOf) };
    },
  );

  app.get(
    "/v1/public/cameras/:camera/sign",
    {
      config: { access: "public" },
      schema: {
        operationId: "getCameraSign",
        summary: "The sign of a camera as one A4 sheet, with a QR code that leads to the register",
        tags: ["town"],
        params: CameraParams,
        querystring: LanguageQuery,
        response: answers({ 200: answerIn("application/pdf", Binary, "The sheet") }, [400, 404]),
      },
    },
    async ({ params, query: { language = USUAL } }, reply) => {
      const camera = cameras.listCameras().find(({ id }) => id === params.camera);
      const facts = camera && signFactsOf(camera, town);
      if (!camera || !facts) throw new Refusal(404, "CAMERA_UNKNOWN", "There is no such camera.");
      const sheet = await signPdf(facts, { language, name: camera.name, made_ms: clock.now_ms() });
      void reply.header("content-disposition", `inline; filename="sign-${camera.id}-${language}.pdf"`);
      return reply.type("application/pdf").send(sheet);
    },
  );

  app.get(
    "/public/cameras",
    { config: { access: "public" }, schema: { hide: true, querystring: LanguageQuery } },
    async ({ query: { language = USUAL } }, reply) => {
      const page = registerPage({ town, cameras: cameras.listCameras(), language });
      void reply.header("cache-control", KEPT).header("content-security-policy", REGISTER_POLICY);
      return reply.type("text/html; charset=utf-8").send(page);
    },
  );
};

function contactOf({ privacy }: TownView) {
  const { contact, officer } = privacy ?? {};
  return { ...(contact !== undefined && { contact }), ...(officer !== undefined && { officer }) };
}

function publicOf(camera: CameraStatus): Static<typeof PublicCamera> {
  const { id, name, place, purpose, legal_basis, controller, retention_h, mask_form, recorded, state } =
    camera;
  const { paused_until_ms, sign, sign_version } = camera;
  return {
    ...{ id, name, purpose, legal_basis, controller, retention_h, mask_form, recorded },
    films: !recorded && (state === "watching" || state === "reduced"),
    ...(place && { place }),
    ...(paused_until_ms !== undefined && { paused_until: isoOf(paused_until_ms) }),
    ...(sign && { sign }),
    ...(sign_version !== undefined && { sign_version }),
  };
}
