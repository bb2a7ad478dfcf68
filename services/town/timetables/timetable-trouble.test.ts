import type { FeedStanding } from "@yardline/api/timetable-parts";
import { expect, test } from "vitest";
import { findTimetableTrouble } from "./timetable-trouble.ts";

type Trouble = NonNullable<FeedStanding["sources"][number]["trouble"]>;

const version = (last: string, until?: string): FeedStanding["versions"][number] => ({
  ...{ sha256: last, source: "town.zip", is_in_use: true, feed_version: undefined },
  ...{ validity: { first: "20260101", last }, ...(until !== undefined && { until }) },
});
const standing = (
  versions: FeedStanding["versions"],
  trouble?: Pick<Trouble, "kind" | "code">,
): FeedStanding => ({
  ...{ feed: "town", today: "20261201", versions },
  sources: [
    {
      source: "https://feeds.example/gtfs?key=hunter2",
      ...(trouble && { trouble: { ...trouble, why: "hunter2", at_ms: 0, found: [] } }),
    },
  ],
});

test("a newer version that was refused is graver than one that ends soon, and that than a source that is away", () => {
  const refused = standing([version("20261231")], { kind: "refused", code: "duplicate_key" });
  const away = standing([version("20261231")], { kind: "away", code: "GTFS_FETCH" });
  const ends = standing([version("20261207")]);
  expect(findTimetableTrouble([away, ends, refused])).toEqual({
    ...{ code: "timetable-refused", values: { feed: "town" } },
    message: "A newer timetable of town was refused (duplicate_key); the one in use stays.",
  });
  expect(findTimetableTrouble([away, ends])).toMatchObject({
    ...{ code: "timetable-ends", values: { feed: "town", date: "2026-12-07" } },
  });
  expect(findTimetableTrouble([away])).toMatchObject({ code: "timetable-away" });
  expect(JSON.stringify(findTimetableTrouble([away]))).not.toContain("hunter2");
});

test("nothing is wrong with one that holds next week, with the next one beside it, or with none at all", () => {
  expect(findTimetableTrouble([standing([version("20261208")])])).toBeUndefined();
  expect(findTimetableTrouble([standing([version("20261203"), version("20270301")])])).toBeUndefined();
  expect(findTimetableTrouble([standing([])])).toBeUndefined();
  // One that was taken back holds no more.
  expect(
    findTimetableTrouble([standing([version("20261203"), version("20270301", "20261130")])]),
  ).toMatchObject({
    code: "timetable-ends",
  });
});
