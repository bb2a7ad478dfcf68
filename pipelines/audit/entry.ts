import { AppError } from "@yardline/domain/errors";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

/** Everything that is written down. Closed, so that whoever reads the log can ask for each kind, and none is spelled in two ways. */
export const ACTIONS = [
  /** Recordings and snapshots of the past. */
  "look",
  /** A search whose answer named pictures. */
  "search",
  /** A live view or the queue of new events, once a session. */
  "live",
  /** A copy that left the system. */
  "export",
  /** What a redaction covers. */
  "unmask",
  "hold",
  "release",
  /** What went because its time was over or the disk was full: by rule, with how much. */
  "delete",
  /** A camera's privacy pause, and its end. */
  "pause",
  /** Settings, orders, devices, cameras that were turned. */
  "configure",
  /** Somebody came in, or was refused. */
  "sign-in",
  /** Accounts, rights, tokens. */
  "people",
  "incident",
  "shift",
  "evidence",
  /** What a person who was filmed asked for. */
  "request",
  /** Sharing between tenants. */
  "share",
  /** The audit log itself was read. */
  "audit",
  /** The log about itself: begun, begun anew after a crash, shortened when its time was over. */
  "log",
] as const;
export type Action = (typeof ACTIONS)[number];

/** In the place of a login: Yardline itself, and whoever did not sign in. No login begins with a parenthesis. */
export const BOX = "(box)";
export const NOBODY = "(nobody)";

const NAME_CHARS_MAX = 200;
const TEXT_CHARS_MAX = 1_000;
const DETAILS_MAX = 20;
const Name = Type.String({ minLength: 1, maxLength: NAME_CHARS_MAX });

/** What happened, as whoever writes it down knows it. */
export const NewEntry = Type.Object(
  {
    tenant: Name,
    /** A login, `BOX` or `NOBODY`. */
    who: Name,
    /** The address that it was asked from. */
    from: Type.String({ maxLength: NAME_CHARS_MAX }),
    action: Type.Enum([...ACTIONS]),
    object: Type.Object({ kind: Name, id: Name }, { additionalProperties: false }),
    purpose: Type.Optional(Type.String({ minLength: 1, maxLength: NAME_CHARS_MAX })),
    /** The incident's id. */
    incident: Type.Optional(Name),
    /** What else tells one deed from another; never a secret. */
    details: Type.Optional(
      Type.Record(
        Type.String({ pattern: "^[a-z][a-z0-9_]{0,39}$" }),
        Type.Union([Type.String({ maxLength: TEXT_CHARS_MAX }), Type.Number(), Type.Boolean()]),
        { maxProperties: DETAILS_MAX },
      ),
    ),
  },
  { additionalProperties: false },
);
export type NewEntry = Static<typeof NewEntry>;

/** An entry in its place in the chain. */
export const AuditEntry = Type.Object(
  {
    ...NewEntry.properties,
    /** Its number, from 0, without holes. */
    seq: Type.Integer({ minimum: 0 }),
    at_ms: Type.Integer({ minimum: 0 }),
    /** The hash of the entry before; of the first, 64 zeros. */
    previous: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  },
  { additionalProperties: false },
);
export type AuditEntry = Static<typeof AuditEntry>;

const newEntry = Compile(NewEntry);
const auditEntry = Compile(AuditEntry);

/** @throws AppError `AUDIT_ENTRY` for what is none: a mistake of ours, and then nothing may be shown. */
export function checkNewEntry(entry: NewEntry): void {
  if (newEntry.Check(entry)) return;
  const [first] = newEntry.Errors(entry);
  throw new AppError("AUDIT_ENTRY", `This cannot be written down: ${first?.instancePath} ${first?.message}.`);
}

export function isAuditEntry(value: unknown): value is AuditEntry {
  return auditEntry.Check(value);
}

/** A text that fits a detail; what is cut off is marked. */
export function detailOf(text: string): string {
  const whole = text.toWellFormed();
  return whole.length <= TEXT_CHARS_MAX ? whole : `${whole.slice(0, TEXT_CHARS_MAX - 1).toWellFormed()}…`;
}
