import type { ServiceDate } from "@yardline/timetable/service-day";
import { completeness } from "./completeness.ts";
import { daysOf } from "./every-visit.ts";
import { plannedCalls } from "./planned-calls.ts";
import type { Asked, Report, Told } from "./report.ts";
import { serviceChanges } from "./service-changes.ts";

/** How much of what was planned was seen, over all lines of the question. */
type Completeness = {
  readonly planned_trips: number;
  readonly seen_trips: number;
  readonly planned_calls: number;
  readonly seen_calls: number;
};

/** Which days of the period there is anything of, and on which another timetable begins; service days, rising. */
type Days = {
  readonly asked: number;
  readonly recorded: number;
  readonly first?: ServiceDate;
  readonly last?: ServiceDate;
  readonly timetable_changes: readonly ServiceDate[];
};

/** A report with how complete the data are that it rests on. @throws AppError as `History` does. */
export async function runReport(
  report: Report,
  asked: Asked,
): Promise<Told & { completeness: Completeness; days: Days }> {
  const { history, timetables, filter, cancelled, signal } = asked;
  const told = await report.run(asked);
  const lines = await completeness(history, plannedCalls(timetables, filter, cancelled), filter, signal);
  const sum = (name: keyof Completeness) => lines.reduce((all, line) => all + line[name], 0);
  const whole = {
    planned_trips: sum("planned_trips"),
    seen_trips: sum("seen_trips"),
    planned_calls: sum("planned_calls"),
    seen_calls: sum("seen_calls"),
  };
  return { ...told, completeness: whole, days: await recordedDays(asked) };
}

async function recordedDays({ history, timetables, filter, signal }: Asked): Promise<Days> {
  const counted = await history.counts({ filter, by: ["service_date"] }, signal);
  const recorded = counted.map(({ group }) => String(group.service_date)).sort();
  const [first, last] = [recorded[0], recorded.at(-1)];
  return {
    ...{ asked: [...daysOf(filter)].length, recorded: recorded.length },
    ...(first !== undefined && last !== undefined && { first, last }),
    timetable_changes: await serviceChanges(timetables, filter, signal),
  };
}
