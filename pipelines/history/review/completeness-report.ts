import { completeness } from "./completeness.ts";
import { plannedCalls } from "./planned-calls.ts";
import { defineReport } from "./report.ts";

export const completenessReport = defineReport({
  name: "completeness",
  summary: "How much of what was planned was seen at all, by line.",
  async run({ history, timetables, filter, signal }) {
    const rows = await completeness(history, plannedCalls(timetables, filter), filter, signal);
    return { definition: "Trips and calls of the timetable, and those that were seen.", rows };
  },
});
