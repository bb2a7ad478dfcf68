import type { Call, Course, FleetView, Headway } from "./fleet-rule.ts";
import type { Finding } from "./transit-rule.ts";

/** Of lines that come more seldom nobody counts on the headway. */
const HEADWAY_S_MAX = 30 * 60;
/** At one stop alone it is chance, or a fix between two stops. */
const STOPS_MIN = 2;
/** Nothing more comes of a run of which nothing came for so long. */
const OVER_MS = 30 * 60_000;

type Judged = Headway & { readonly planned_headway_s: number };
type Stretch = { readonly headways: Judged[]; readonly first: Call; ended: boolean };

type Wanted = {
  /** Whether a headway is out of order. */
  begins(headway: Judged): boolean;
  /** Whether it still is, where it was at the stop before: a little less will do, else it would flicker. */
  lasts(headway: Judged): boolean;
};

/** Where along a run one vehicle kept a headway that is out of order behind the same vehicle, stop after stop. */
function stretchesOf(own: readonly Call[], last_stop: number, wanted: Wanted): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let open: Stretch | undefined;
  for (const call of own) {
    const { headway } = call;
    if (open && headway && lasts(open, headway, wanted)) {
      open.headways.push(headway);
      continue;
    }
    // A stop without a headway tells nothing; at the last one it is over.
    if (open && (headway || call.stop === last_stop)) {
      open.ended = true;
      open = undefined;
    }
    if (headway && isJudged(headway) && wanted.begins(headway)) {
      open = { headways: [headway], first: call, ended: false };
      stretches.push(open);
    }
  }
  return stretches;
}

function lasts({ headways }: Stretch, headway: Headway, wanted: Wanted): headway is Judged {
  const isSame = headways[0]?.ahead.vehicle_id === headway.ahead.vehicle_id;
  return isSame && isJudged(headway) && wanted.lasts(headway);
}

/**
 * One finding a stretch, at the stop where it begins: how it stood there, and once it has ended, how many stops it lasted and
 * the headway farthest out of order.
 */
export function headwayFindings(
  { run, calls }: Course,
  { now_ms }: FleetView,
  wanted: Wanted & { readonly worst: "least" | "most" },
) {
  const last_stop = run.trip.pattern.stops.length - 1;
  const last_ms = calls.reduce(
    (last, { arrived_ms, departed_ms = arrived_ms }) => Math.max(last, departed_ms),
    0,
  );
  const stretches = [...Map.groupBy(calls, ({ vehicle_id }) => vehicle_id).values()].flatMap((own) =>
    stretchesOf(own, last_stop, wanted),
  );
  return stretches.flatMap(({ headways, first, ended }) => {
    const [begun] = headways;
    if (!begun || headways.length < STOPS_MIN) return [];
    const { ahead, headway_s, planned_headway_s, skipped } = begun;
    const is_over = ended || now_ms - last_ms > OVER_MS;
    const all = headways.map((headway) => headway.headway_s);
    const worst_headway_s = wanted.worst === "least" ? Math.min(...all) : Math.max(...all);
    return {
      state: is_over ? "closed" : "open",
      severity: "notice",
      stop: first.stop,
      vehicle_id: first.vehicle_id,
      facts: {
        ahead_vehicle_id: ahead.vehicle_id,
        ahead_trip_id: ahead.run.trip.trip_id,
        headway_s,
        planned_headway_s,
        skipped,
        ...(is_over && { stops: headways.length, worst_headway_s }),
      },
    } satisfies Omit<Finding, "raises" | "key" | "timetable" | "run" | "at_ms">;
  });
}

function isJudged(headway: Headway): headway is Judged {
  return headway.planned_headway_s !== undefined && headway.planned_headway_s <= HEADWAY_S_MAX;
}
