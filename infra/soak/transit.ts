import { isoOf } from "@yardline/domain/time";
import { type DayReport, simulateDay } from "./transit-day.ts";
import { percentOf } from "./transit-score.ts";

/**
 * A simulated day of the invented town with every trouble there is, in fast time: its feeds are held against the rules, and what is
 * told of its buses against what they do. Arguments: hours, the seed. Prints counts; ends with 1 if a rule was broken or matching
 * fell below what it is known to do.
 */
const [hours = "24", seed = "1"] = process.argv.slice(2);
const START_MS = Date.parse("2026-03-02T05:30:00+02:00");
const BREACHES_SHOWN_MAX = 40;
/** Of the moments in which a bus drives a trip and has network, with every trouble on. */
const EXACT_PERCENT_LEAST = 85;
const OTHER_PERCENT_MOST = 9;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const check = (holds: boolean, line: string): void => {
  say(`${holds ? "ok  " : "FAIL"} ${line}`);
  if (!holds) process.exitCode = 1;
};
const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([what, count]) => `${what} ${count}`).join(", ") || "none";

function tell({ positions, feeds, breaches, fates, findings, score }: DayReport): void {
  say(`     positions ${positions}: ${listed(fates)}`);
  say(`     events: ${listed(findings)}`);
  check(breaches.size === 0, `${feeds} feeds held against 57 rules; breaches: ${listed(breaches)}`);
  const { driving, exact, other, idle, invented } = score;
  const line = `of ${driving} moments on a trip ${percentOf(exact, driving)} % told exactly`;
  check(percentOf(exact, driving) >= EXACT_PERCENT_LEAST, `${line} (at least ${EXACT_PERCENT_LEAST})`);
  check(
    percentOf(other, driving) <= OTHER_PERCENT_MOST,
    `${percentOf(other, driving)} % on another trip (at most ${OTHER_PERCENT_MOST})`,
  );
  say(`     wrong by trouble: ${listed(score.other_in)}`);
  say(`     ${percentOf(invented, idle)} % of ${idle} moments off duty told to be on a trip`);
}

let shown = 0;
say(`a day of ${hours} h, seed ${seed}`);
tell(
  await simulateDay({
    seed,
    start_ms: START_MS,
    hours: Number(hours),
    onBreach({ rule, entity, text }, at_ms) {
      shown += 1;
      if (shown <= BREACHES_SHOWN_MAX) say(`     ${isoOf(at_ms)} ${rule} ${entity}: ${text}`);
    },
  }),
);
