import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import type { Hand } from "./change-incident.ts";
import { Login, Purpose, text } from "./incident.ts";
import { RECORD_ID_PATTERN } from "./record-id.ts";

const strict = { additionalProperties: false } as const;
const Instant = Type.String({ format: "date-time", description: "RFC 3339, UTC" });
/** Whoever forgot to end one does not look at pictures under its purpose for ever. */
export const SHIFT_MS_MAX = 16 * 3_600_000;
/** Incidents that one hand-over lists. */
export const HANDED_MAX = 200;

/** What whoever goes leaves to whoever comes. */
export const HandOver = Type.Object(
  {
    note: Type.Optional(text(4_000)),
    /** Whom it is meant for; anybody who sees as much, where it is absent. */
    to: Type.Optional(Login),
    incidents: Type.Array(Type.String({ pattern: RECORD_ID_PATTERN }), { maxItems: HANDED_MAX }),
    accepted_by: Type.Optional(Login),
    accepted_at: Type.Optional(Instant),
  },
  strict,
);

/** Somebody's time on duty, under one purpose. */
export const Shift = Type.Object(
  {
    id: Type.String({ pattern: RECORD_ID_PATTERN }),
    tenant: Type.String(),
    login: Login,
    purpose: Purpose,
    began_at: Instant,
    ended_at: Type.Optional(Instant),
    hand_over: Type.Optional(HandOver),
  },
  strict,
);
export type Shift = Static<typeof Shift>;
export type HandOver = Static<typeof HandOver>;

/** Whether it covers what is done now. */
export function isOnDuty({ began_at, ended_at }: Shift, now_ms: EpochMs): boolean {
  const age_ms = now_ms - Date.parse(began_at);
  return ended_at === undefined && age_ms < SHIFT_MS_MAX;
}

/** @throws AppError `SHIFT_OVER` for one that has ended, `SHIFT_OTHERS` for somebody else's. */
export function endShift(
  shift: Shift,
  handed: Pick<HandOver, "note" | "to" | "incidents">,
  { by, at_ms }: Hand,
): Shift {
  if (shift.ended_at !== undefined) throw new AppError("SHIFT_OVER", `It ended at ${shift.ended_at}.`);
  if (shift.login !== by) throw new AppError("SHIFT_OTHERS", "Only whoever is on duty ends their shift.");
  return { ...shift, ended_at: isoOf(at_ms), hand_over: handed };
}

/**
 * Takes over what was left. Whoever took it may say so again, as when the answer was lost.
 * @throws AppError `SHIFT_NOT_OVER`, `SHIFT_ACCEPTED`, `SHIFT_OTHERS`.
 */
export function acceptShift(shift: Shift, { by, at_ms }: Hand): Shift {
  const { hand_over } = shift;
  if (!hand_over) throw new AppError("SHIFT_NOT_OVER", `${shift.login} has not ended it yet.`);
  if (hand_over.accepted_by === by) return shift;
  if (hand_over.accepted_by !== undefined) {
    throw new AppError("SHIFT_ACCEPTED", `${hand_over.accepted_by} took it over already.`);
  }
  if (shift.login === by || (hand_over.to !== undefined && hand_over.to !== by)) {
    throw new AppError("SHIFT_OTHERS", "It is for somebody else to take over.");
  }
  return { ...shift, hand_over: { ...hand_over, accepted_by: by, accepted_at: isoOf(at_ms) } };
}
