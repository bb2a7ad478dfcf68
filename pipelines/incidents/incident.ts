import { OCCURRENCE_PATTERN } from "@yardline/events/event";
import { type Static, Type } from "typebox";
import { RECORD_ID_PATTERN } from "./record-id.ts";

const strict = { additionalProperties: false } as const;
/** Text of a person: no control characters but line breaks. */
export const text = (maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: "^(?=[\\s\\S]*\\S)[^\\u0000-\\u0008\\u000b-\\u001f\\u007f]+$",
  });
const Instant = Type.String({ format: "date-time", description: "RFC 3339, UTC" });

export const CAMERAS_MAX = 50;
export const EVENTS_MAX = 200;
/** Changes of one incident; whoever needs more opens another one. */
export const ENTRIES_MAX = 2_000;

export const Login = Type.String({ minLength: 1, maxLength: 100 });
const CameraId = Type.String({ minLength: 1, maxLength: 64 });
export const Occurrence = Type.String({ pattern: OCCURRENCE_PATTERN });

/** What for pictures are looked at; enters the audit log. */
export const Purpose = Type.String({
  minLength: 3,
  maxLength: 200,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "What for, as the audit log is to have it.",
});

/** What is kept of an event that was attached: enough to say whose it is when the event itself is long gone. */
export const EventRef = Type.Object(
  {
    occurrence: Occurrence,
    source: Type.String({ minLength: 1, maxLength: 200 }),
    type: Type.String({ minLength: 1, maxLength: 100 }),
    time: Instant,
  },
  strict,
);
export type EventRef = Static<typeof EventRef>;

const Where = Type.Object(
  {
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
  },
  { ...strict, description: "WGS 84 degrees" },
);
const Priority = Type.Enum(["low", "normal", "high"]);
const Outcome = Type.Enum(["resolved", "false-alarm", "passed-on", "nothing-found"]);
const Title = text(200);
const Note = text(4_000);
const Why = text(1_000);

const Opening = {
  do: Type.Literal("open"),
  title: Title,
  purpose: Purpose,
  priority: Type.Optional(Priority),
  place: Type.Optional(Where),
};
/** What may be done to an incident that is there, apart from what is attached. */
const DEEDS = [
  Type.Object(
    {
      do: Type.Literal("claim"),
      take_over: Type.Optional(Type.Literal(true, { description: "From whoever has it; they are told." })),
    },
    strict,
  ),
  Type.Object({ do: Type.Literal("release") }, strict),
  Type.Object({ do: Type.Literal("note"), text: Note }, strict),
  Type.Object(
    {
      do: Type.Literal("amend"),
      title: Type.Optional(Title),
      priority: Type.Optional(Priority),
      place: Type.Optional(Where),
    },
    { ...strict, minProperties: 2 },
  ),
  Type.Object(
    {
      do: Type.Literal("detach"),
      events: Type.Optional(Type.Array(Occurrence, { maxItems: EVENTS_MAX })),
      cameras: Type.Optional(Type.Array(CameraId, { maxItems: CAMERAS_MAX })),
      why: Why,
    },
    strict,
  ),
  Type.Object({ do: Type.Literal("escalate"), to: text(200), why: Why }, strict),
  Type.Object({ do: Type.Literal("close"), outcome: Outcome, why: Why }, strict),
  Type.Object({ do: Type.Literal("reopen"), why: Why }, strict),
  Type.Object(
    {
      do: Type.Literal("hand-over"),
      to: Type.Intersect([Login], { description: "Their login; it is theirs once they claim it." }),
      note: Type.Optional(Note),
    },
    strict,
  ),
] as const;
const Cameras = Type.Optional(Type.Array(CameraId, { maxItems: CAMERAS_MAX, uniqueItems: true }));

/** What a person asks for: events by their occurrence. */
export const AskedOpening = Type.Object(
  {
    ...Opening,
    cameras: Cameras,
    events: Type.Optional(Type.Array(Occurrence, { maxItems: EVENTS_MAX, uniqueItems: true })),
  },
  strict,
);
export const AskedChange = Type.Union([
  ...DEEDS,
  Type.Object(
    {
      do: Type.Literal("attach"),
      events: Type.Optional(Type.Array(Occurrence, { maxItems: EVENTS_MAX, uniqueItems: true })),
      cameras: Cameras,
    },
    { ...strict, minProperties: 2 },
  ),
]);
export type AskedChange = Static<typeof AskedChange>;

/** What is kept for ever: the same, with what is known of the events. */
export const Change = Type.Union([
  Type.Object({ ...Opening, cameras: Cameras, events: Type.Optional(Type.Array(EventRef)) }, strict),
  ...DEEDS,
  Type.Object(
    { do: Type.Literal("attach"), events: Type.Optional(Type.Array(EventRef)), cameras: Cameras },
    strict,
  ),
]);
export type Change = Static<typeof Change>;
export type Opening = Extract<Change, { do: "open" }>;

/** One change: who, when, what. `revision` counts them from 1. Never altered, never removed. */
export const Entry = Type.Object(
  { revision: Type.Integer({ minimum: 1 }), at: Instant, by: Login, change: Change },
  strict,
);
export type Entry = Static<typeof Entry>;

export const STATES = ["open", "claimed", "escalated", "closed"] as const;

/** An incident as its entries have made it. */
export const Incident = Type.Object(
  {
    id: Type.String({ pattern: RECORD_ID_PATTERN }),
    tenant: Type.String(),
    /** Of its newest entry. */
    revision: Type.Integer({ minimum: 1 }),
    state: Type.Enum([...STATES]),
    title: Title,
    purpose: Purpose,
    priority: Priority,
    place: Type.Optional(Where),
    opened_at: Instant,
    opened_by: Login,
    changed_at: Instant,
    claimed_by: Type.Optional(Login),
    /** Handed over to, and not taken yet. */
    offered_to: Type.Optional(Login),
    escalated_to: Type.Optional(Type.String()),
    outcome: Type.Optional(Outcome),
    closed_at: Type.Optional(Instant),
    closed_by: Type.Optional(Login),
    cameras: Type.Array(CameraId),
    events: Type.Array(EventRef),
  },
  strict,
);
export type Incident = Static<typeof Incident>;
