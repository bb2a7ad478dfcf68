import { completeness } from "./completeness.ts";
import { plannedCalls } from "./planned-calls.ts";
import type { Asked, Report, Told } from "./report.ts";

/** How much of what was planned was seen, over all lines of the question. */
type Completeness = {
  readonly planned_trips: number;
  readonly seen_trips: number;
  readonly planned_calls: number;
  readonly seen_calls: number;
};

/** A report with how complete the data are that it rests on. @throws AppError as `History` does. */
export async function runReport(
  report: Report,
  asked: Asked,
): Promise<Told & { completeness: Completeness }> {
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
  return { ...told, completeness: whole };
}
