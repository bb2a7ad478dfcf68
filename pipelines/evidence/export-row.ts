import { OCCURRENCE_PATTERN } from "@yardline/events/event";
import { type Static, Type } from "typebox";
import { COVERS } from "./cover-picture.ts";
import { Opened } from "./opened.ts";
import { GROUNDS } from "./statement.ts";

const Ms = Type.Integer({ minimum: 0 });
const Who = Type.String({ minLength: 1, maxLength: 200 });
const strict = { additionalProperties: false };

/** What somebody asks to take out of the town. */
export const AskedExport = Type.Object(
  {
    /** `original`: the bytes first stored. `redacted`: only copies in which everything is covered but what is opened. */
    form: Type.Enum(["original", "redacted"]),
    periods: Type.Array(
      Type.Object({ camera: Type.String({ minLength: 1, maxLength: 64 }), from_ms: Ms, to_ms: Ms }, strict),
      { minItems: 1, maxItems: 16 },
    ),
    events: Type.Array(Type.String({ pattern: OCCURRENCE_PATTERN }), { maxItems: 500 }),
    redaction: Type.Optional(
      Type.Object({ cover: Type.Enum([...COVERS]), opened: Type.Array(Opened, { maxItems: 50 }) }, strict),
    ),
    purpose: Type.String({ minLength: 3, maxLength: 200 }),
    incident: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    legal_basis: Type.Object(
      { ground: Type.Enum([...GROUNDS]), reference: Type.String({ minLength: 3, maxLength: 300 }) },
      strict,
    ),
  },
  strict,
);
export type AskedExport = Static<typeof AskedExport>;

/** Whoever took a bundle away, on which paper. */
export const HandOver = Type.Object(
  {
    to: Type.String({ minLength: 2, maxLength: 200, description: "Who took it: name and rank." }),
    authority: Type.String({ minLength: 2, maxLength: 200, description: "For which authority." }),
    document: Type.String({
      minLength: 2,
      maxLength: 200,
      description: "Number and date of what it was asked for with.",
    }),
    medium: Type.String({
      minLength: 2,
      maxLength: 200,
      description: "On what: a flash drive and its serial number.",
    }),
  },
  strict,
);
export type HandOver = Static<typeof HandOver>;

export const EXPORT_STATES = [
  "waiting",
  "making",
  "ready",
  "failed",
  "refused",
  "withdrawn",
  "expired",
] as const;

/** An export as it is kept. */
export const ExportRow = Type.Object({
  ...AskedExport.properties,
  id: Type.String(),
  state: Type.Enum([...EXPORT_STATES]),
  asked_by: Who,
  asked_at_ms: Ms,
  decided_by: Type.Optional(Who),
  decided_at_ms: Type.Optional(Ms),
  made_at_ms: Type.Optional(Ms),
  expires_at_ms: Type.Optional(Ms),
  bytes: Type.Optional(Ms),
  sha256: Type.Optional(Type.String()),
  fingerprint: Type.Optional(Type.String()),
  complete: Type.Optional(Type.Boolean()),
  /** Why there is no bundle, for a person. */
  failure: Type.Optional(Type.String()),
  links: Type.Array(
    Type.Object({ digest: Type.String(), by: Who, until_ms: Ms, used_at_ms: Type.Optional(Ms) }),
  ),
  handed: Type.Array(Type.Object({ ...HandOver.properties, by: Who, at_ms: Ms })),
});
export type ExportRow = Static<typeof ExportRow>;

export const isOpen = ({ state }: Pick<ExportRow, "state">): boolean =>
  state === "waiting" || state === "making";
