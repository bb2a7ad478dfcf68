import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { distance_m, type LatLon } from "@yardline/domain/geo";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import { placeOf } from "@yardline/events/event";
import { dataOf } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { type EventQuery, PAGE_MAX } from "@yardline/index/event-index";
import { type Static, Type } from "typebox";
import { type Asking, visibleEvents } from "../event-language.ts";
import { circleOf, Near, periodOf } from "../event-query.ts";
import type { Parts, VehiclePassage } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const HOUR_MS = 3_600_000;
/** Longest time that is looked through at once. */
const PERIOD_MS_MAX = 2 * HOUR_MS;
/** An event of a call has its scheduled time: a bus may come so much later, or earlier. */
const LATE_MS_MAX = 2 * HOUR_MS;
const EARLY_MS_MAX = HOUR_MS / 2;
const PASSAGES_MAX = 1_000;
/** Most pages of calls that are looked through. */
const PAGES_MAX = 25;

const Query = Type.Object(
  {
    near: Near,
    from: Type.String({ format: "date-time", description: "Earliest instant, inclusive." }),
    to: Type.String({
      format: "date-time",
      description: "Latest instant, exclusive; two hours later at most.",
    }),
  },
  { additionalProperties: false },
);

const Passage = Type.Object({
  vehicle_id: Type.String(),
  basis: Type.Enum(["positions", "stop-visit"], {
    description: "Whether it is told by its positions, or by nothing but its call at a stop here.",
  }),
  from: { ...Instant, description: "When it came in, going straight between its positions; or arrived." },
  to: { ...Instant, description: "When it left." },
  nearest_at: Instant,
  nearest_m: Type.Integer({ minimum: 0 }),
  calls: Type.Array(
    Type.Object({
      occurrence: Type.String(),
      stop_id: Type.String(),
      stop_name: Type.Optional(Type.String()),
      route_id: Type.String(),
      route_short_name: Type.Optional(Type.String()),
      trip_id: Type.String(),
      service_date: Type.String(),
      arrived_at: Instant,
    }),
    { description: "At stops within the circle, meanwhile." },
  ),
});
type Passage = Static<typeof Passage>;

export const PassageList = Type.Object(
  {
    passages: Type.Array(Passage, { description: "By when each was nearest." }),
    positions_since: Type.Optional({
      ...Instant,
      description:
        "Positions are kept completely since then; of before only calls at stops are sure to be told. Absent where none are kept.",
    }),
    complete: Type.Boolean({
      description: `False where more than ${PASSAGES_MAX} are left out, or more calls than are looked through: ask for less.`,
    }),
  },
  { $id: "PassageList" },
);

type Options = Pick<Parts, "index" | "dispatch"> & Asking;

export const passagesRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { index, dispatch, ...asking },
) => {
  app.get(
    "/v1/passages",
    {
      config: { access: ["transit"] },
      schema: {
        operationId: "listPassages",
        summary:
          "Which buses passed a place, and when, by their positions while these are kept, else by their calls",
        tags: ["dispatch"],
        querystring: Query,
        response: answers({ 200: refTo(PassageList) }, [400, 503]),
      },
    },
    async ({ query, visitor }): Promise<Static<typeof PassageList>> => {
      const { from_ms = 0, to_ms = 0 } = periodOf(query);
      if (to_ms - from_ms > PERIOD_MS_MAX) {
        throw new Refusal(400, "INVALID_REQUEST", "query to: must be within two hours after from.");
      }
      const circle = circleOf(query.near);
      const seen = dispatch?.listPassages(circle, from_ms, to_ms);
      const calls = await callsOf(index, {
        from_ms: Math.max(0, from_ms - LATE_MS_MAX),
        to_ms: to_ms + EARLY_MS_MAX,
        where: { op: "all", of: [visibleEvents(asking, visitor), STOP_VISITS, circle] },
      });
      const meanwhile = calls.found.filter(
        ({ arrived_ms, departed_ms }) => arrived_ms < to_ms && departed_ms >= from_ms,
      );
      const passages = together(seen?.passages ?? [], meanwhile, circle.center);
      return {
        passages: passages.slice(0, PASSAGES_MAX),
        ...(seen?.since_ms !== undefined && { positions_since: isoOf(seen.since_ms) }),
        complete: calls.complete && passages.length <= PASSAGES_MAX,
      };
    },
  );
};

const STOP_VISITS = { op: "is", field: "type", values: [transitStopVisit.type] } as const;

type Call = {
  readonly vehicle_id: string;
  readonly arrived_ms: EpochMs;
  readonly departed_ms: EpochMs;
  readonly place: LatLon | undefined;
  readonly told: Passage["calls"][number];
};

async function callsOf(
  index: Parts["index"],
  query: EventQuery,
): Promise<{ readonly found: readonly Call[]; readonly complete: boolean }> {
  const found: Call[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await index.search(query, { limit: PAGE_MAX, ...(cursor !== undefined && { cursor }) });
    for (const event of answer.events) {
      const visit = dataOf(transitStopVisit, event);
      if (!visit) continue;
      const { stop_id, stop_name, route_id, route_short_name, trip_id, service_date, arrived_at } = visit;
      found.push({
        vehicle_id: visit.vehicle_id,
        arrived_ms: Date.parse(arrived_at),
        departed_ms: Date.parse(visit.departed_at ?? arrived_at),
        place: placeOf(event),
        told: {
          ...{ occurrence: event.occurrence, stop_id, route_id, trip_id, service_date, arrived_at },
          ...(stop_name !== undefined && { stop_name }),
          ...(route_short_name !== undefined && { route_short_name }),
        },
      });
    }
    cursor = answer.cursor;
    if (cursor === undefined) return { found, complete: true };
  }
  return { found, complete: false };
}

/** Passages by positions with the calls that fall into them; a call that falls into none is a passage by itself. */
function together(seen: readonly VehiclePassage[], calls: readonly Call[], center: LatLon): Passage[] {
  const left = new Set(calls);
  const bySight = seen.map(({ vehicle_id, from_ms, to_ms, nearest_at_ms, nearest_m }) => {
    const own = calls.filter(
      (call) => call.vehicle_id === vehicle_id && call.arrived_ms <= to_ms && call.departed_ms >= from_ms,
    );
    for (const call of own) left.delete(call);
    return {
      at_ms: nearest_at_ms,
      passage: {
        ...{ vehicle_id, basis: "positions" as const, from: isoOf(from_ms), to: isoOf(to_ms) },
        nearest_at: isoOf(nearest_at_ms),
        nearest_m: Math.round(nearest_m),
        calls: own.map(({ told }) => told),
      },
    };
  });
  const byCall = [...left].map(({ vehicle_id, arrived_ms, departed_ms, place, told }) => ({
    at_ms: arrived_ms,
    passage: {
      ...{ vehicle_id, basis: "stop-visit" as const, from: isoOf(arrived_ms), to: isoOf(departed_ms) },
      nearest_at: isoOf(arrived_ms),
      nearest_m: Math.round(place ? distance_m(center, place) : 0),
      calls: [told],
    },
  }));
  return [...bySight, ...byCall].toSorted((a, b) => a.at_ms - b.at_ms).map(({ passage }) => passage);
}
