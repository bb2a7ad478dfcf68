import { loadTimetable } from "@yardline/timetable/gtfs";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { serviceChanges } from "./service-changes.ts";

/** The small town, whose circle is driven only on some days. */
async function townWith(calendar: readonly string[], dates: readonly string[] = []) {
  const tables = smallTown();
  const trips = (tables["trips.txt"] ?? "").replaceAll(/^2,daily/gm, "2,circle");
  const days = "monday,tuesday,wednesday,thursday,friday,saturday,sunday";
  return loadTimetable(
    await zipOf({
      ...tables,
      "trips.txt": trips,
      "calendar.txt": [
        `service_id,${days},start_date,end_date`,
        "daily,1,1,1,1,1,1,1,20260101,20261231",
        ...calendar,
        "",
      ].join("\n"),
      "calendar_dates.txt": ["service_id,date,exception_type", ...dates, ""].join("\n"),
    }),
    "town",
  );
}
const JUNE = { from: "20260601", to: "20260630" } as const;

test("another timetable begins once, not on each of its weekdays", async () => {
  const timetable = await townWith(["circle,1,1,1,1,1,1,1,20260117,20260616"]);
  expect(await serviceChanges([timetable], JUNE)).toEqual(["20260617"]);
  expect(await serviceChanges([timetable], { ...JUNE, route_ids: ["1"] })).toEqual([]);
});

test("weekends and holidays are no change", async () => {
  const timetable = await townWith(["circle,1,1,1,1,1,0,0,20260101,20261231"], ["circle,20260608,2"]);
  expect(await serviceChanges([timetable], JUNE)).toEqual([]);
});

test("a newer version of the feed is one", async () => {
  const [older, newer] = [
    await townWith(["circle,1,1,1,1,1,1,1,20260101,20261231"]),
    await townWith(["circle,0,0,0,0,0,0,0,20260101,20261231"]),
  ];
  older.confine((date) => date < "20260610");
  newer.confine((date) => date >= "20260610");
  expect(await serviceChanges([older, newer], JUNE)).toEqual(["20260610"]);
});
