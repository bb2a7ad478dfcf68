import type { EpochMs } from "@yardline/domain/time";
import { isoOf } from "@yardline/domain/time";
import type { Arrival, LiveVehicle } from "@yardline/domain/trip-run";
import type { ShareNote } from "@yardline/tenancy/shares";
import { type Static, Type } from "typebox";
import type { Line, TransitView } from "./parts.ts";
import { Instant } from "./schemas.ts";

const strict = { additionalProperties: false };
const Ms = Type.Integer({ minimum: 0, description: "Epoch milliseconds." });
const Text = Type.String({ maxLength: 500 });
const Degrees = (max: number) => Type.Number({ minimum: -max, maximum: max });
const place = { latitude: Degrees(90), longitude: Degrees(180) };

const Run = Type.Object(
  {
    feed: Text,
    service_date: Text,
    trip_id: Text,
    start_time: Type.Optional(Text),
    route_id: Text,
    added: Type.Optional(Type.Literal(true)),
  },
  strict,
);

const SharedVehicle = Type.Object(
  {
    vehicle_id: Text,
    at_ms: Ms,
    ...place,
    speed_mps: Type.Optional(Type.Number()),
    course_deg: Type.Optional(Type.Number()),
    run: Type.Optional(Run),
    headsign: Type.Optional(Text),
    delay_s: Type.Optional(Type.Number()),
    stop_id: Type.Optional(Text),
    stop_sequence: Type.Optional(Type.Integer()),
  },
  strict,
);

const SharedArrival = Type.Object(
  {
    run: Run,
    stop_id: Text,
    stop_sequence: Type.Integer(),
    headsign: Type.Optional(Text),
    scheduled_at_ms: Ms,
    predicted_at_ms: Ms,
    low_ms: Type.Optional(Ms),
    high_ms: Type.Optional(Ms),
    basis: Type.Enum(["live", "timetable", "lost"]),
    overdue: Type.Optional(Type.Enum(["missed", "unknown"])),
    vehicle_id: Type.Optional(Text),
    next_run: Type.Optional(Type.Literal(true)),
    signal_at_ms: Type.Optional(Ms),
    cancelled: Type.Optional(Type.Literal(true)),
    skipped: Type.Optional(Type.Enum(["stop-closed", "detour"])),
    withheld: Type.Optional(Type.Literal(true)),
  },
  strict,
);

/** Longer lists than this no line has; a neighbour that sends more is not believed. */
const [LINES_MAX, STOPS_MAX, ROWS_MAX, CORNERS_MAX] = [50, 2_000, 10_000, 20_000];

/** Lines over the border as one town tells them to its neighbour. It is closed: there is no word in it for anything else, a camera for one. */
export const SharedLines = Type.Object(
  {
    from: Type.Object({ tenant: Type.String({ pattern: "^[a-z0-9-]{1,63}$" }), name: Text }, strict),
    purpose: Text,
    until: Type.Optional(Instant),
    made_at: Instant,
    lines: Type.Array(
      Type.Object(
        {
          route_id: Text,
          route_short_name: Text,
          route_long_name: Text,
          route_color: Type.String({ pattern: "^[0-9A-Fa-f]{6}$" }),
          shapes: Type.Array(Type.Array(Type.Object(place, strict), { maxItems: CORNERS_MAX }), {
            maxItems: 100,
          }),
        },
        strict,
      ),
      { maxItems: LINES_MAX },
    ),
    stops: Type.Array(Type.Object({ stop_id: Text, stop_name: Text, ...place }, strict), {
      maxItems: STOPS_MAX,
    }),
    vehicles: Type.Array(SharedVehicle, { maxItems: ROWS_MAX }),
    arrivals: Type.Array(SharedArrival, { maxItems: ROWS_MAX }),
  },
  { $id: "SharedLines", ...strict },
);
export type SharedLines = Static<typeof SharedLines>;

type Asked = Pick<ShareNote, "route_ids" | "what" | "purpose" | "until" | "from">;

/**
 * What of the public side a share gives: the lines that it names, their stops, what drives on them and when it comes. It gives no
 * vehicle that the public is not shown, and nothing of any other line.
 */
export function cutOf(view: TransitView, share: Asked, now_ms: EpochMs): SharedLines {
  const { route_ids, what, purpose, until, from } = share;
  const isShared = (run: { readonly route_id: string } | undefined) =>
    route_ids.includes(run?.route_id ?? "");
  const lines = view.listLines().filter((line) => !line.shared_by && isShared(line));
  const called = new Set(lines.flatMap(({ stop_ids = [] }) => stop_ids));
  const stops = view.listStops().filter(({ stop_id, shared_by }) => !shared_by && called.has(stop_id));
  const vehicles = what.includes("vehicles")
    ? view.listVehicles(now_ms).filter(({ run }) => isShared(run))
    : [];
  const arrivals = what.includes("arrivals")
    ? stops
        .flatMap(({ stop_id }) => view.listArrivals(stop_id, now_ms) ?? [])
        .filter(({ run }) => isShared(run))
    : [];
  return {
    from: { tenant: from.tenant, name: from.name },
    purpose,
    ...(until !== undefined && { until }),
    made_at: isoOf(now_ms),
    lines: lines.map(lineOf).slice(0, LINES_MAX),
    stops: stops.slice(0, STOPS_MAX).map(({ stop_id, stop_name, latitude, longitude }) => ({
      ...{ stop_id, stop_name, latitude, longitude },
    })),
    vehicles: vehicles.filter(isOwn).slice(0, ROWS_MAX),
    arrivals: arrivals.filter(isOwn).slice(0, ROWS_MAX),
  };
}

/** What came from a neighbour is not ours to give on. */
function isOwn({ shared_by }: LiveVehicle | Arrival): boolean {
  return shared_by === undefined;
}

function lineOf({ route_id, route_short_name, route_long_name, route_color, shapes }: Line) {
  return {
    ...{ route_id, route_short_name, route_long_name, route_color },
    shapes: shapes.map((shape) => shape.map(({ latitude, longitude }) => ({ latitude, longitude }))),
  };
}
