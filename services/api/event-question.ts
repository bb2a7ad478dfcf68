import { MEASURES } from "@yardline/events/event-type";
import { type Condition, FIELDS } from "@yardline/index/condition";
import { RADIUS_M_MAX, VALUES_MAX } from "@yardline/index/query/problems";
import { type Static, Type } from "typebox";

/**
 * The structured form of a question, for programs: the tree itself in JSON, under a strict schema. How deep and how large a tree
 * may be is the index's to say.
 */

const CHILDREN_MAX = 50;
const strict = { additionalProperties: false } as const;
const latitude = Type.Number({ minimum: -90, maximum: 90 });
const longitude = Type.Number({ minimum: -180, maximum: 180 });
const CONDITION_ID = "EventCondition";
const Inner = Type.Unsafe<Condition>({ $ref: `${CONDITION_ID}#` });
const Children = Type.Array(Inner, { minItems: 1, maxItems: CHILDREN_MAX });
const bound = Type.Optional(Type.Number({ description: "Seconds, included." }));

/** Fields that may be asked about: whose events are looked through is decided by who asks. */
const ASKED = FIELDS.filter((field) => field !== "tenant");

const FORMS = [
  Type.Object({ op: Type.Literal("all"), of: Children }, strict),
  Type.Object({ op: Type.Literal("any"), of: Children }, strict),
  Type.Object({ op: Type.Literal("not"), of: Inner }, strict),
  Type.Object(
    {
      op: Type.Literal("is"),
      field: Type.Enum(ASKED),
      values: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: VALUES_MAX,
      }),
    },
    { ...strict, description: "Any of the values." },
  ),
  Type.Object(
    { op: Type.Literal("words"), text: Type.String({ minLength: 1, maxLength: 200 }) },
    { ...strict, description: "All words, in any order and form." },
  ),
  Type.Object(
    { op: Type.Literal("measure"), measure: Type.Enum([...MEASURES]), min: bound, max: bound },
    { ...strict, minProperties: 3 },
  ),
  Type.Object(
    {
      op: Type.Literal("box"),
      box: Type.Object({ west: longitude, south: latitude, east: longitude, north: latitude }, strict),
    },
    strict,
  ),
  Type.Object(
    {
      op: Type.Literal("circle"),
      center: Type.Object({ latitude, longitude }, strict),
      radius_m: Type.Number({ exclusiveMinimum: 0, maximum: RADIUS_M_MAX }),
    },
    strict,
  ),
];

/** One condition, which may hold others. */
export const EventCondition = Type.Unsafe<Condition>({
  $id: CONDITION_ID,
  description: "A condition on events; `all`, `any` and `not` hold others.",
  oneOf: FORMS,
});

const Clock = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$", description: "Local time, HH:MM." });

/** When, what, in which order. */
export const EventQuestion = Type.Object(
  {
    from: Type.Optional(Type.String({ format: "date-time", description: "Earliest `time`, inclusive." })),
    to: Type.Optional(Type.String({ format: "date-time", description: "Latest `time`, exclusive." })),
    hours: Type.Optional(
      Type.Object(
        { from: Clock, to: Clock, timezone: Type.String({ maxLength: 100, description: "IANA name" }) },
        {
          ...strict,
          description: "Each day only these hours, over midnight where `from` is later than `to`.",
        },
      ),
    ),
    where: Type.Optional(Type.Unsafe<Condition>({ $ref: `${CONDITION_ID}#` })),
    order: Type.Optional(Type.Enum(["newest", "oldest"])),
  },
  strict,
);
export type EventQuestion = Static<typeof EventQuestion>;
