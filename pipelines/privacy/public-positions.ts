import type { LatLon } from "@yardline/domain/geo";
import { type Static, Type } from "typebox";

const strict = { additionalProperties: false };
const Name = Type.String({ minLength: 1, maxLength: 200 });

/** Longest delay and widest grid: more is `off`. */
export const DELAY_MIN_MAX = 60;
const GRID_M = { minimum: 100, maximum: 20_000 };

/** How much of where a vehicle is the public may see. */
export const Exposure = Type.Union([
  Type.Object({ show: Type.Literal("on") }, strict),
  Type.Object(
    { show: Type.Literal("delayed"), delay_min: Type.Integer({ minimum: 1, maximum: DELAY_MIN_MAX }) },
    { ...strict, description: "As it was so many minutes ago." },
  ),
  Type.Object(
    { show: Type.Literal("coarsened"), grid_m: Type.Integer(GRID_M) },
    { ...strict, description: "The middle of the square, so many metres wide, that it is in." },
  ),
  Type.Object({ show: Type.Literal("off") }, { ...strict, description: "Not at all: the timetable only." }),
]);
export type Exposure = Static<typeof Exposure>;

/** What a town decided about live positions. Of all that names a vehicle the most restrictive holds. */
export const PublicPositions = Type.Object(
  {
    town: Exposure,
    lines: Type.Array(
      Type.Object({ feed: Type.Optional(Name), route_id: Name, exposure: Exposure }, strict),
      {
        maxItems: 1_000,
      },
    ),
    vehicles: Type.Array(Type.Object({ vehicle_id: Name, exposure: Exposure }, strict), { maxItems: 20_000 }),
  },
  strict,
);
export type PublicPositions = Static<typeof PublicPositions>;

export const ALL_SHOWN: PublicPositions = { town: { show: "on" }, lines: [], vehicles: [] };
/** What holds while nobody can say what was decided. */
export const ALL_HIDDEN: PublicPositions = { town: { show: "off" }, lines: [], vehicles: [] };

/** Several exposures at once: a vehicle may be both delayed and coarsened. */
export type Shown = { readonly delay_ms: number; readonly grid_m: number };

/** The line that a vehicle is on. */
export type OnLine = { readonly feed: string; readonly route_id: string };

/**
 * What the public may see of a vehicle.
 * @param line undefined for one that is on no line that we know of: it may be on any, so the strictest of all lines holds.
 * @returns undefined: nothing.
 */
export function shownOf(
  policy: PublicPositions,
  vehicle_id: string,
  line: OnLine | undefined,
): Shown | undefined {
  const lines = policy.lines.filter((each) => !line || isOf(each, line));
  const vehicles = policy.vehicles.filter((each) => each.vehicle_id === vehicle_id);
  return strictest([policy.town, ...[...lines, ...vehicles].map(({ exposure }) => exposure)]);
}

/** What the public may see of a line's vehicles, the most visible of them. */
export function shownOfLine(policy: PublicPositions, line: OnLine): Shown | undefined {
  const lines = policy.lines.filter((each) => isOf(each, line));
  return strictest([policy.town, ...lines.map(({ exposure }) => exposure)]);
}

function isOf(rule: { readonly feed?: string; readonly route_id: string }, line: OnLine): boolean {
  return rule.route_id === line.route_id && (rule.feed === undefined || rule.feed === line.feed);
}

function strictest(exposures: readonly Exposure[]): Shown | undefined {
  if (exposures.some(({ show }) => show === "off")) return undefined;
  const delays = exposures.map((each) => (each.show === "delayed" ? each.delay_min : 0));
  const grids = exposures.map((each) => (each.show === "coarsened" ? each.grid_m : 0));
  return { delay_ms: Math.max(...delays) * 60_000, grid_m: Math.max(...grids) };
}

const METRES_PER_DEGREE = 111_195;

/** The middle of the square of a fixed grid that a place lies in: all places of a square look the same. */
export function coarsened({ latitude, longitude }: LatLon, grid_m: number): LatLon {
  const north_deg = grid_m / METRES_PER_DEGREE;
  const middle = (Math.floor(latitude / north_deg) + 0.5) * north_deg;
  const east_deg = north_deg / Math.max(0.01, Math.cos((middle * Math.PI) / 180));
  return {
    latitude: Math.min(90, Math.max(-90, middle)),
    longitude: Math.min(180, Math.max(-180, (Math.floor(longitude / east_deg) + 0.5) * east_deg)),
  };
}
