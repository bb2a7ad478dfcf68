import { isoOf } from "@yardline/domain/time";
import { simulateDay } from "./transit-day.ts";

const [hours = "18", seed = "1"] = process.argv.slice(2);
const START_MS = Date.parse("2026-03-02T05:30:00+02:00");
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const listed = (counts: ReadonlyMap<string, number>) => [...counts].map(([what, count]) => `${what} ${count}`).join(", ");

let shown = 0;
const before = process.cpuUsage();
const report = await simulateDay({
  seed,
  start_ms: START_MS,
  hours: Number(hours),
  onBreach({ rule, entity, text }, at_ms) {
    shown += 1;
    if (shown <= 40) say(`${isoOf(at_ms)} ${rule} ${entity}: ${text}`);
  },
});
const { user, system } = process.cpuUsage(before);
say(`seed ${seed}: ${hours} h, ${report.positions} positions, ${report.feeds} feeds, CPU ${((user + system) / 1e6).toFixed(1)} s`);
say(`breaches: ${listed(report.breaches)}`);
say(`fates: ${listed(report.fates)}`);
say(`findings: ${listed(report.findings)}`);
const { driving, exact, other, idle, invented, other_in } = report.score;
say(`driving ${driving}: exact ${((100 * exact) / driving).toFixed(1)} %, other ${((100 * other) / driving).toFixed(1)} %; idle ${idle}, invented ${invented}; ${listed(other_in)}`);
