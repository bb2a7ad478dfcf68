import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";

const strict = { additionalProperties: false };
const Id = Type.String({ minLength: 1, maxLength: 200, pattern: "^[^\\u0000-\\u001f\\u007f]+$" });
const Instant = Type.String({ format: "date-time", description: "RFC 3339" });
const ServiceDay = Type.String({ pattern: "^\\d{8}$", description: "Service day, YYYYMMDD." });
const Time = Type.String({
  pattern: "^[0-4]\\d:[0-5]\\d:[0-5]\\d$",
  description: "HH:MM:SS of the service day; may pass 24:00:00.",
});
/** Left out where a town has one timetable. */
const Feed = Type.Optional(Id);

export const RunName = Type.Object(
  { feed: Feed, service_date: ServiceDay, trip_id: Id, start_time: Type.Optional(Time) },
  strict,
);

/** What a vehicle is to drive: a block of a service day, or one trip run. */
const Duty = Type.Union([
  Type.Object({ feed: Feed, service_date: ServiceDay, block_id: Id }, strict),
  RunName,
]);
export type Duty = Static<typeof Duty>;
export type RunName = Static<typeof RunName>;

const Texts = Type.Object(
  {
    uk: Type.String({ minLength: 1, maxLength: 2_000 }),
    ru: Type.String({ minLength: 1, maxLength: 2_000 }),
    en: Type.String({ minLength: 1, maxLength: 2_000 }),
  },
  strict,
);
export type Texts = Static<typeof Texts>;

const Concern = Type.Union([
  Type.Object({ feed: Feed, route_id: Id }, strict),
  Type.Object({ feed: Feed, stop_id: Id }, strict),
  Type.Object({ run: RunName }, strict),
]);
export type Concern = Static<typeof Concern>;

/** As GTFS-Realtime names them. */
const Effect = Type.Enum([
  "NO_SERVICE",
  "REDUCED_SERVICE",
  "SIGNIFICANT_DELAYS",
  "DETOUR",
  "ADDITIONAL_SERVICE",
  "MODIFIED_SERVICE",
  "OTHER_EFFECT",
  "STOP_MOVED",
]);
export type Effect = Static<typeof Effect>;

const Alert = Type.Object(
  {
    order: Type.Literal("alert"),
    concerns: Type.Array(Concern, { minItems: 1, maxItems: 100 }),
    text: Type.Union([
      Type.Object(
        {
          template: Id,
          values: Type.Record(
            Type.String({ maxLength: 40 }),
            Type.Union([Type.String({ maxLength: 200 }), Type.Number()]),
          ),
        },
        strict,
      ),
      Type.Object({ header: Texts, description: Type.Optional(Texts), effect: Effect }, strict),
    ]),
    periods: Type.Optional(
      Type.Array(Type.Object({ from: Instant, until: Type.Optional(Instant) }, strict), {
        minItems: 1,
        maxItems: 50,
        description: "When it holds; without it, from `from` until `until`.",
      }),
    ),
  },
  strict,
);
export type Alert = Static<typeof Alert>;

/** What can be ordered. `swap`: each goes on with what the other one was to drive. */
export const What = Type.Union([
  Type.Object({ order: Type.Literal("assign"), vehicle_id: Id, duty: Duty }, strict),
  Type.Object({ order: Type.Literal("swap"), vehicle_id: Id, with_vehicle_id: Id }, strict),
  Type.Object({ order: Type.Literal("cancel"), run: RunName }, strict),
  Type.Object(
    { order: Type.Literal("add"), like: RunName, start_time: Time },
    { ...strict, description: "A copy of the trip `like`, its first departure at `start_time`." },
  ),
  Type.Object(
    { order: Type.Literal("detour"), feed: Feed, route_id: Id, from_stop_id: Id, to_stop_id: Id },
    {
      ...strict,
      description:
        "The line leaves its way after one stop and is back at the other; those between are skipped.",
    },
  ),
  Type.Object({ order: Type.Literal("close-stop"), feed: Feed, stop_id: Id }, strict),
  Alert,
  Type.Object({ order: Type.Literal("undo"), of: Id }, strict),
]);
export type What = Static<typeof What>;

/** An order as somebody gives it. */
export const AskedOrder = Type.Object(
  {
    what: What,
    by: Type.String({ minLength: 1, maxLength: 100, description: "Who orders it." }),
    why: Type.String({ minLength: 1, maxLength: 500, description: "For whoever reads it tomorrow." }),
    from: Type.Optional(Type.String({ format: "date-time", description: "In force from; now without it." })),
    until: Type.Optional(
      Type.String({
        format: "date-time",
        description: "In force until. A detour, a closed stop need one; what is about runs ends with them.",
      }),
    ),
    seen_revision: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "`revision` of the list that the person saw: a newer one refuses the order.",
      }),
    ),
  },
  { ...strict, $id: "AskedOrder" },
);
export type AskedOrder = Static<typeof AskedOrder>;

/** An order as it is kept. Nothing of it ever changes: undoing one is another order. */
export const Order = Type.Object(
  {
    id: Type.String({ description: "Counts up from 1." }),
    at: Type.String({ format: "date-time", description: "When it was given." }),
    by: Type.String(),
    why: Type.String(),
    from: Type.String({ format: "date-time" }),
    until: Type.Optional(Type.String({ format: "date-time" })),
    what: What,
    takes: Type.Optional(
      Type.Array(Duty, { description: "Of a swap: what `vehicle_id` goes on with; `gives` the other one." }),
    ),
    gives: Type.Optional(Type.Array(Duty)),
  },
  { $id: "Order" },
);
export type Order = Static<typeof Order>;

/** An order and when it is really in force, undoing considered. Never where `until_ms` is not after `from_ms`. */
export type Standing = {
  readonly order: Order;
  readonly what: Exclude<What, { readonly order: "undo" }>;
  readonly from_ms: EpochMs;
  /** `Infinity` without an end. */
  readonly until_ms: EpochMs;
  /** The order that undid it. */
  readonly undone_by?: string;
};

/**
 * What stands of a log. An undo ends what it undoes from its own `from` on, so that it stays known what was in force before.
 * @param log in the order of the ids.
 */
export function standingOf(log: readonly Order[]): readonly Standing[] {
  const undone = new Map(
    log.flatMap((order) => (order.what.order === "undo" ? [[order.what.of, order] as const] : [])),
  );
  return log.flatMap((order) => {
    const { what } = order;
    if (what.order === "undo") return [];
    const undo = undone.get(order.id);
    const ends_ms = order.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(order.until);
    const until_ms = undo ? Math.min(ends_ms, Date.parse(undo.from)) : ends_ms;
    return [{ order, what, from_ms: Date.parse(order.from), until_ms, ...(undo && { undone_by: undo.id }) }];
  });
}

export function isInForce({ from_ms, until_ms }: Standing, at_ms: EpochMs): boolean {
  return from_ms <= at_ms && at_ms < until_ms;
}
