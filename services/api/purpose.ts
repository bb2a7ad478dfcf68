import type { EpochMs } from "@yardline/domain/time";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { Refusal } from "./problem.ts";
import { NameParameter } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";

/** What is not older is the queue of who is on duty: it is looked at under the purpose of their shift. */
export const QUEUE_MS = 12 * 3_600_000;

/** Where purposes come from that are not in the request itself. */
export type Purposes = {
  /** The shift that somebody has begun and not ended. */
  findShift(login: string): Promise<{ readonly purpose: string } | undefined>;
  /** An incident that is open, and that whoever asks may read. */
  findIncident(id: string, visitor: Visitor): Promise<{ readonly purpose: string } | undefined>;
};

/** How pictures of the past are asked for: a media element sends no header, so it stands in the address. */
export const PurposeQuery = {
  purpose: Type.Optional(
    Type.String({
      minLength: 3,
      maxLength: 200,
      pattern: "^[^\\u0000-\\u001f\\u007f]+$",
      description: "What for, in a person's words; it is written down with who looks.",
    }),
  ),
  incident: Type.Optional({
    ...NameParameter,
    description: "The open incident that it is looked at for; in the place of `purpose`.",
  }),
};
const Asked = Type.Object(PurposeQuery);
type Asked = Pick<Static<typeof Asked>, "purpose" | "incident">;

/** `queue`: it is not older than the queue, and not looked at for one incident. */
export type Purpose = {
  readonly purpose?: string;
  readonly incident?: string;
  readonly queue?: boolean;
};

/**
 * What for pictures are looked at: an open incident's purpose, the words that were given, or that of the shift for what is in its queue. Empty
 * where nothing is written down.
 * @param happened_ms when it was that the pictures show.
 * @throws Refusal 403 `PURPOSE_NEEDED`.
 */
export async function getPurpose(
  request: FastifyRequest,
  asked: Asked,
  happened_ms: EpochMs,
): Promise<Purpose> {
  if (!request.server.auditing.audit) return {};
  const found = await findPurpose(request, asked, happened_ms);
  if (found.purpose !== undefined) return found;
  const message =
    "Say what for: begin a shift, or give an open incident or a purpose with the address (purpose=…, incident=…).";
  throw new Refusal(403, "PURPOSE_NEEDED", message);
}

/** The same where none is needed. */
export async function findPurpose(
  request: FastifyRequest,
  { purpose, incident }: Asked,
  happened_ms: EpochMs,
): Promise<Purpose> {
  const { audit, purposes, clock } = request.server.auditing;
  if (!audit) return {};
  if (incident !== undefined) {
    const open = await purposes.findIncident(incident, request.visitor);
    return open ? { purpose: open.purpose, incident } : {};
  }
  const queue = clock.now_ms() - happened_ms <= QUEUE_MS;
  if (purpose !== undefined) return { purpose, queue };
  const login = request.visitor.person?.login;
  const shift = login !== undefined && queue ? await purposes.findShift(login) : undefined;
  return shift ? { purpose: shift.purpose, queue } : {};
}

/** Whether an open incident is named, for which partners may give pictures. */
export async function incidentOf(
  request: FastifyRequest,
  { incident }: Asked,
): Promise<{ readonly incident: boolean }> {
  if (incident === undefined) return { incident: false };
  const found = await findPurpose(request, { incident }, 0);
  return { incident: found.incident !== undefined };
}
