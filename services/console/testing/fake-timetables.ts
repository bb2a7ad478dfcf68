import type { FollowedTimetable, GtfsFinding } from "../api/types.ts";

const DAY_MS = 86_400_000;
const [SHA, NEXT] = ["a".repeat(64), "b".repeat(64)];
const SOURCE = "https://transport.oblast.example/…";

const FOUND: readonly GtfsFinding[] = [
  {
    ...{ code: "foreign_key_violation", severity: "ERROR", count: 31 },
    examples: [
      { file: "stop_times.txt", line: 1204, text: 'stop_id "Садова <b>4</b>" is not in stops.txt' },
      { file: "stop_times.txt", line: 1377, text: "stop_id s-118 is not in stops.txt" },
    ],
  },
  {
    ...{ code: "feed_expiration_date30_days", severity: "WARNING", count: 1 },
    examples: [{ file: "feed_info.txt", line: 2, text: "the feed ends on 2026-12-20" }],
  },
  {
    ...{ code: "fast_travel_between_consecutive_stops", severity: "WARNING", count: 4 },
    examples: [{ file: "stop_times.txt", line: 88, text: "trip r7-0815 drives 164 km/h to s-12" }],
  },
  {
    ...{ code: "unknown_column", severity: "INFO", count: 2 },
    examples: [{ file: "routes.txt", line: 1, text: "GTFS knows no column color_name here; it is not read" }],
  },
];

const day = (at_ms: number) => new Date(at_ms).toISOString().slice(0, 10).replaceAll("-", "");

function timetables(now_ms: number): readonly FollowedTimetable[] {
  const at = (days: number) => now_ms + days * DAY_MS;
  const dated = (from: number, to: number) => ({ first_day: day(at(from)), last_day: day(at(to)) });
  return [
    {
      feed: "verba",
      sources: [
        {
          ...{ source: SOURCE, looked_at: new Date(now_ms - 240_000).toISOString() },
          trouble: {
            ...{ kind: "refused", code: "duplicate_key", at: new Date(at(-0.4)).toISOString() },
            why: "trips.txt line 40: trip_id r7-0815 is there twice (duplicate_key, 3 times)",
            refused: {
              findings: [
                {
                  ...{ code: "duplicate_key", severity: "ERROR", count: 3 },
                  examples: [{ file: "trips.txt", line: 40, text: "trip_id r7-0815 is there twice" }],
                },
              ],
            },
          },
        },
      ],
      versions: [
        {
          ...{ sha256: SHA, source: SOURCE, in_use: true, feed_version: "2026-осінь" },
          ...{ taken_at: new Date(at(-61)).toISOString(), ...dated(-61, 20) },
        },
        {
          ...{ sha256: NEXT, source: SOURCE, in_use: false, feed_version: "2026-зима", from: day(at(20)) },
          ...{ taken_at: new Date(at(-2)).toISOString(), ...dated(20, 110) },
        },
      ],
    },
  ];
}

/** What the page of timetables asks for; undefined for what is somebody else's. */
export function timetableAnswer(pathname: string, now_ms: number): object | undefined {
  if (pathname === "/v1/timetables") {
    return { owner: { by: "file", name: "town.yaml" }, timetables: timetables(now_ms) };
  }
  if (/^\/v1\/timetables\/[^/]+\/versions\/[0-9a-f]{64}\/findings$/.test(pathname)) {
    return { checked_on: day(now_ms), findings: FOUND };
  }
  return undefined;
}
