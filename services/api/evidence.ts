import { isoOf } from "@yardline/domain/time";
import type { EvidenceDesk } from "@yardline/evidence/desk";
import { EXPORT_STATES, type ExportRow } from "@yardline/evidence/export-row";
import { GROUNDS } from "@yardline/evidence/statement";
import { isAllowed } from "@yardline/permission/decide";
import type { Right } from "@yardline/permission/rights";
import { type Static, Type } from "typebox";
import type { Parts } from "./parts.ts";
import { Refusal, refuseBy, type Statuses } from "./problem.ts";
import { Instant, NameParameter } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";

export const EvidenceParams = Type.Object({ evidence: NameParameter });

export const LegalBasis = Type.Object(
  {
    ground: Type.Enum([...GROUNDS]),
    reference: Type.String({ minLength: 3, maxLength: 300, description: "The paper that it rests on." }),
  },
  { additionalProperties: false },
);

/** An export as people see it. */
export const Evidence = Type.Object(
  {
    id: Type.String(),
    state: Type.Enum([...EXPORT_STATES]),
    form: Type.Enum(["original", "redacted"]),
    progress: Type.Number({ description: "How much of the bundle is made, 0 to 1." }),
    periods: Type.Array(Type.Object({ camera: Type.String(), from: Instant, to: Instant })),
    events: Type.Array(Type.String()),
    purpose: Type.String(),
    incident: Type.Optional(Type.String()),
    legal_basis: LegalBasis,
    asked_by: Type.String(),
    asked_at: Instant,
    decided_by: Type.Optional(Type.String()),
    made_at: Type.Optional(Instant),
    expires_at: Type.Optional(Instant),
    bytes: Type.Optional(Type.Integer()),
    sha256: Type.Optional(Type.String({ description: "Of the whole bundle." })),
    fingerprint: Type.Optional(Type.String({ description: "Of the key that signed it." })),
    complete: Type.Optional(
      Type.Boolean({
        description: "Whether all of the time is there; the bundle names what is missing, and why.",
      }),
    ),
    failure: Type.Optional(Type.String()),
    handed: Type.Array(
      Type.Object({
        to: Type.String(),
        authority: Type.String(),
        document: Type.String(),
        medium: Type.String(),
        by: Type.String(),
        at: Instant,
      }),
    ),
  },
  { $id: "Evidence" },
);

export function shownEvidence(row: ExportRow, desk: EvidenceDesk): Static<typeof Evidence> {
  const { links: _links, redaction: _redaction, decided_at_ms: _decided, ...told } = row;
  const { periods, handed, asked_at_ms, made_at_ms, expires_at_ms, ...shown } = told;
  return {
    ...shown,
    progress: desk.progressOf(row),
    periods: periods.map(({ camera, from_ms, to_ms }) => ({
      camera,
      from: isoOf(from_ms),
      to: isoOf(to_ms),
    })),
    asked_at: isoOf(asked_at_ms),
    ...(made_at_ms !== undefined && { made_at: isoOf(made_at_ms) }),
    ...(expires_at_ms !== undefined && { expires_at: isoOf(expires_at_ms) }),
    handed: handed.map(({ at_ms, ...each }) => ({ ...each, at: isoOf(at_ms) })),
  };
}

/** @throws Refusal 404 where this process exports nothing. */
export function exporting({ evidence }: Pick<Parts, "evidence">): NonNullable<Parts["evidence"]> {
  if (evidence) return evidence;
  throw new Refusal(404, "NO_EVIDENCE", "This town exports nothing.");
}

/** Whether somebody may know of an export: to export, one must be let to each of its cameras; the privacy officer knows of all. */
export function mayKnowExport(
  { town, cameras }: Pick<Parts, "town" | "cameras">,
  { periods }: ExportRow,
  visitor: Visitor,
  rights: readonly Right[],
): boolean {
  const known = cameras.listCameras();
  return rights.some((right) =>
    right === "audit"
      ? isAllowed(visitor, { right, tenant: town.tenant })
      : periods.every(({ camera: of }) => {
          const camera = known.find((each) => each.id === of) ?? { id: of };
          return isAllowed(visitor, { right, tenant: town.tenant, camera });
        }),
  );
}

/** An export, if whoever asks may know of it. @throws Refusal 404 */
export async function getExport(
  options: Pick<Parts, "evidence" | "town" | "cameras">,
  id: string,
  visitor: Visitor,
  rights: readonly Right[],
): Promise<{ readonly desk: EvidenceDesk; readonly row: ExportRow }> {
  const { desk } = exporting(options);
  const row = await desk.find(id);
  if (row && mayKnowExport(options, row, visitor, rights)) return { desk, row };
  throw new Refusal(404, "EVIDENCE_UNKNOWN", "There is no such export.");
}

const STATUSES: Statuses = {
  EVIDENCE_PERIOD: 400,
  EVIDENCE_OWN: 409,
  EVIDENCE_STATE: 409,
  EVIDENCE_BUSY: 409,
  REQUEST_WRONG: 400,
  REQUEST_UNKNOWN: 404,
  REQUEST_STEP: 409,
  REQUESTS_FULL: 409,
};

/** Says no in words for the person who asked. */
export async function refusing<Done>(work: Promise<Done>): Promise<Done> {
  return await work.catch(refuseBy(STATUSES));
}
