import { AppError } from "@yardline/domain/errors";
import type { Archive } from "./archive.ts";
import type { CalendarTables, WeeklyService } from "./calendar.ts";
import type { Notices } from "./notices.ts";
import { isServiceDate, type ServiceDate } from "./service-day.ts";
import { readTable } from "./table.ts";
import type { TimetableContents } from "./timetable.ts";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** calendar.txt and calendar_dates.txt; a feed has at least one of them. */
export async function readCalendar(archive: Archive, notices: Notices): Promise<CalendarTables> {
  if (!archive.has("calendar.txt") && !archive.has("calendar_dates.txt")) {
    throw new AppError(
      "TIMETABLE_FILE_MISSING",
      "The zip has neither calendar.txt nor calendar_dates.txt; GTFS requires one of them.",
    );
  }
  const weekly = archive.has("calendar.txt") ? await readWeekly(archive, notices) : new Map();
  const { added, removed } = await readExceptions(archive, notices);
  return { weekly, added, removed };
}

async function readWeekly(archive: Archive, notices: Notices): Promise<Map<string, WeeklyService>> {
  const weekly = new Map<string, WeeklyService>();
  const columns = { required: ["service_id", ...WEEKDAYS, "start_date", "end_date"] } as const;
  await readTable(archive, "calendar.txt", columns, (row, line) => {
    const { service_id, start_date, end_date } = row;
    if (!isServiceDate(start_date) || !isServiceDate(end_date)) {
      notices.add("calendar.txt", line, "start_date or end_date is not a day as YYYYMMDD; service left out");
      return;
    }
    weekly.set(service_id, { weekdays: WEEKDAYS.map((day) => row[day] === "1"), start_date, end_date });
  });
  return weekly;
}

async function readExceptions(archive: Archive, notices: Notices) {
  const added = new Map<ServiceDate, Set<string>>();
  const removed = new Map<ServiceDate, Set<string>>();
  if (!archive.has("calendar_dates.txt")) return { added, removed };
  const columns = { required: ["service_id", "date", "exception_type"] } as const;
  await readTable(archive, "calendar_dates.txt", columns, (row, line) => {
    const side = { "1": added, "2": removed }[row.exception_type];
    if (!side || !isServiceDate(row.date)) {
      notices.add("calendar_dates.txt", line, "not a day as YYYYMMDD with exception_type 1 or 2; left out");
      return;
    }
    const services = side.get(row.date);
    if (services) services.add(row.service_id);
    else side.set(row.date, new Set([row.service_id]));
  });
  return { added, removed };
}

/** feed_info.txt, where there is one: the days for which the feed is meant, and what its publisher calls this version. */
export async function readFeedInfo(archive: Archive, notices: Notices): Promise<TimetableContents["stated"]> {
  let stated: TimetableContents["stated"] = {};
  if (!archive.has("feed_info.txt")) return stated;
  const columns = { required: [], optional: ["feed_start_date", "feed_end_date", "feed_version"] } as const;
  await readTable(archive, "feed_info.txt", columns, (row, line) => {
    const { feed_start_date: first, feed_end_date: last, feed_version } = row;
    if ([first, last].some((date) => date !== undefined && !isServiceDate(date))) {
      notices.add(
        "feed_info.txt",
        line,
        "feed_start_date or feed_end_date is not a day as YYYYMMDD; left out",
      );
      return;
    }
    stated = {
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
      ...(feed_version !== undefined && { feed_version }),
    };
  });
  return stated;
}
