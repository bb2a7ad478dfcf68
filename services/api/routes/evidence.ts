import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { OCCURRENCE_PATTERN } from "@yardline/events/event";
import { COVERS } from "@yardline/evidence/cover-picture";
import type { AskedExport } from "@yardline/evidence/export-row";
import { isAllowed } from "@yardline/permission/decide";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { mediaOf } from "../api-event.ts";
import { audited } from "../audited.ts";
import {
  Evidence,
  EvidenceParams,
  exporting,
  getExport,
  LegalBasis,
  mayKnowExport,
  refusing,
  shownEvidence,
} from "../evidence.ts";
import { getEvent } from "../find-event.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { getCamera } from "../recorded-period.ts";
import { answers, NameParameter, refTo } from "../schemas.ts";
import type { Visitor } from "../visitor.ts";
import { nameOf } from "../visitor.ts";

/** Paths of what is opened are longer than other bodies. */
const BODY_BYTES_MAX = 512 * 1024;

const Share = Type.Number({ minimum: 0, maximum: 1 });
const When = Type.String({ format: "date-time" });
const strict = { additionalProperties: false };

const Sides = Type.Object(
  { left: Share, top: Share, right: Share, bottom: Share },
  { ...strict, description: "In fractions of the picture, from its top-left." },
);

const Asked = Type.Object(
  {
    form: Type.Enum(["original", "redacted"], {
      description:
        "`redacted`: only copies in which everything is covered but what is opened; the recording itself does not leave.",
    }),
    periods: Type.Optional(
      Type.Array(Type.Object({ camera: NameParameter, from: When, to: When }, strict), { maxItems: 16 }),
    ),
    events: Type.Optional(
      Type.Array(Type.String({ pattern: OCCURRENCE_PATTERN }), {
        maxItems: 500,
        description: "Their recordings, where no periods are given; and the events as they are stored.",
      }),
    ),
    redaction: Type.Optional(
      Type.Object(
        {
          cover: Type.Enum([...COVERS]),
          opened: Type.Array(
            Type.Object(
              {
                camera: NameParameter,
                path: Type.Array(Type.Object({ at: When, box: Sides }, strict), {
                  minItems: 2,
                  maxItems: 5_000,
                  description: "Where it is at some moments, between which it moves in a straight line.",
                }),
              },
              strict,
            ),
            { maxItems: 50, description: "A track or a region over time; takes the right `unmask`." },
          ),
        },
        strict,
      ),
    ),
    purpose: Type.String({ minLength: 3, maxLength: 200 }),
    incident: Type.Optional(NameParameter),
    legal_basis: LegalBasis,
  },
  strict,
);

type Options = Pick<Parts, "evidence" | "town" | "cameras" | "index" | "clock">;

export const evidenceRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  app.post(
    "/v1/evidence",
    {
      config: { access: ["export"], audits: "always" },
      bodyLimit: BODY_BYTES_MAX,
      schema: {
        operationId: "askEvidence",
        summary: "Ask for recordings and events as one signed bundle",
        tags: ["evidence"],
        body: Asked,
        response: answers({ 201: refTo(Evidence) }, [400, 403, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { desk } = exporting(options);
      const { body, visitor } = request;
      const asked = await exportOf(options, body, visitor);
      await auditedExport(options, request, asked);
      const row = await refusing(desk.ask(asked, nameOf(visitor)));
      return reply.code(201).send(shownEvidence(row, desk));
    },
  );

  app.get(
    "/v1/evidence",
    {
      config: { access: ["export", "audit"], audits: { not: "What was asked for shows nothing of it." } },
      schema: {
        operationId: "listEvidence",
        summary: "What was asked for, newest first",
        tags: ["evidence"],
        response: answers({ 200: Type.Object({ evidence: Type.Array(refTo(Evidence)) }) }, [404, 503]),
      },
    },
    async ({ visitor }) => {
      const { desk } = exporting(options);
      const known = (await desk.list())
        .filter((row) => mayKnowExport(options, row, visitor, ["export", "audit"]))
        .toSorted((a, b) => b.asked_at_ms - a.asked_at_ms);
      return { evidence: known.slice(0, LIST_MAX).map((row) => shownEvidence(row, desk)) };
    },
  );

  app.get(
    "/v1/evidence/:evidence",
    {
      config: { access: ["export", "audit"], audits: { not: "What was asked for shows nothing of it." } },
      schema: {
        operationId: "getEvidence",
        summary: "How far an export is",
        tags: ["evidence"],
        params: EvidenceParams,
        response: answers({ 200: refTo(Evidence) }, [404, 503]),
      },
    },
    async ({ params, visitor }) => {
      const { desk, row } = await getExport(options, params.evidence, visitor, ["export", "audit"]);
      return shownEvidence(row, desk);
    },
  );
};

function boxOf({ left, top, right, bottom }: Static<typeof Sides>): [number, number, number, number] {
  return [left, top, right, bottom];
}

/** Each camera, and each of which something is opened, before anything is made. @throws Refusal 403 `UNMASK_NEEDED`, 404, 503 */
async function auditedExport(
  options: Options,
  request: FastifyRequest,
  { purpose, incident, legal_basis, form, periods, redaction }: AskedExport,
): Promise<void> {
  const { visitor, server } = request;
  const { purposes } = server.auditing;
  if (incident !== undefined && purposes && !(await purposes.findIncident(incident, visitor))) {
    throw new Refusal(404, "INCIDENT_UNKNOWN", "There is no such incident that is open.");
  }
  const why = { purpose, ...(incident !== undefined && { incident }) };
  for (const id of new Set(redaction?.opened.map(({ camera }) => camera))) {
    const camera = getCamera(options, id, visitor, ["export"], { incident: incident !== undefined });
    if (!isAllowed(visitor, { right: "unmask", tenant: options.town.tenant, camera })) {
      throw new Refusal(
        403,
        "UNMASK_NEEDED",
        `To open anything of camera "${id}" takes the right \`unmask\`.`,
      );
    }
    await audited(request, { action: "unmask", object: { kind: "camera", id }, ...why });
  }
  const details = { form, ground: legal_basis.ground, reference: legal_basis.reference };
  for (const id of new Set(periods.map(({ camera }) => camera))) {
    await audited(request, { action: "export", object: { kind: "camera", id }, ...why, details });
  }
}

const LIST_MAX = 500;

/** What was asked for, once each camera and event in it is whoever asks' to export. @throws Refusal 400, 404 */
async function exportOf(
  options: Options,
  { periods = [], events = [], redaction, ...asked }: Static<typeof Asked>,
  visitor: Visitor,
): Promise<AskedExport> {
  const given = periods.map(({ camera, from, to }) => ({
    camera,
    from_ms: Date.parse(from),
    to_ms: Date.parse(to),
  }));
  for (const occurrence of events) {
    const { clip } = mediaOf(await getEvent(options, occurrence, visitor));
    if (clip && periods.length === 0)
      given.push({ camera: clip.camera, from_ms: clip.from_ms, to_ms: clip.to_ms });
  }
  // Partners may give recordings for an incident that they give for nothing else.
  const incident = asked.incident !== undefined;
  for (const { camera } of given) getCamera(options, camera, visitor, ["export"], { incident });
  if (given.length === 0 || given.length > 16 || given.some(({ from_ms }) => !(from_ms >= 0))) {
    throw new Refusal(
      400,
      "EVIDENCE_PERIOD",
      "Name from one to 16 periods of cameras, or events that have a recording.",
    );
  }
  const opened = redaction?.opened.map(({ camera, path }) => ({
    camera,
    path: path
      .map(({ at, box }) => ({ at_ms: Math.max(0, Date.parse(at)), box: boxOf(box) }))
      .toSorted((a, b) => a.at_ms - b.at_ms),
  }));
  return {
    ...asked,
    periods: given,
    events,
    ...(redaction && { redaction: { cover: redaction.cover, opened: opened ?? [] } }),
  };
}
