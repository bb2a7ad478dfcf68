import { isoOf } from "@yardline/domain/time";
import { replayBacklog } from "./transit-backlog.ts";
import { type DayReport, simulateDay } from "./transit-day.ts";
import { percentOf } from "./transit-score.ts";

/**
 * The invented town's day with every trouble there is, in fast time: its feeds are held against the rules, and what is told of its
 * buses against what they do. Then a day's backlog of many devices at once. Arguments: the share of the whole run (1: 24 hours, 200
 * devices), the seed of its chances, and the names of the parts to run. Prints counts; ends with 1 if anything failed.
 */
const [share = "1", seed = "1", ...names] = process.argv.slice(2);
const HOURS = 24;
const DEVICES = 200;
const START_MS = Date.parse("2026-03-02T05:30:00+02:00");
const BREACHES_SHOWN_MAX = 40;
/** Of the moments in which a bus drives a trip and has network, with every trouble on. */
const EXACT_PERCENT_LEAST = 85;
const OTHER_PERCENT_MOST = 9;

const PARTS: Readonly<Record<string, () => Promise<void>>> = { day, backlog };

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const check = (holds: boolean, line: string): void => {
  say(`${holds ? "ok  " : "FAIL"} ${line}`);
  if (!holds) process.exitCode = 1;
};
const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([what, count]) => `${what} ${count}`).join(", ") || "none";

async function day(): Promise<void> {
  const hours = HOURS * Number(share);
  let shown = 0;
  const report = await simulateDay({
    seed,
    start_ms: START_MS,
    hours,
    onBreach({ rule, entity, text }, at_ms) {
      shown += 1;
      if (shown <= BREACHES_SHOWN_MAX) say(`     ${isoOf(at_ms)} ${rule} ${entity}: ${text}`);
    },
  });
  say(`     a day of ${hours.toFixed(1)} h with every trouble`);
  tellDay(report);
}

function tellDay({ positions, feeds, breaches, fates, findings, score }: DayReport): void {
  say(`     positions ${positions}: ${listed(fates)}`);
  say(`     events: ${listed(findings)}`);
  check(
    feeds > 0 && breaches.size === 0,
    `${feeds} feeds held against 57 rules; breaches: ${listed(breaches)}`,
  );
  const { driving, exact, other, idle, invented } = score;
  const told = percentOf(exact, driving);
  const wrong = percentOf(other, driving);
  check(
    told >= EXACT_PERCENT_LEAST,
    `${told} % of ${driving} moments on a trip told exactly (at least ${EXACT_PERCENT_LEAST})`,
  );
  check(
    wrong <= OTHER_PERCENT_MOST,
    `${wrong} % told to be on another trip (at most ${OTHER_PERCENT_MOST}): ${listed(score.other_in)}`,
  );
  say(`     ${percentOf(invented, idle)} % of ${idle} moments off duty told to be on a trip`);
}

async function backlog(): Promise<void> {
  const devices = Math.max(2, Math.round(DEVICES * Number(share)));
  const { fixes, standing, different, alerting, open } = await replayBacklog(devices, seed);
  check(
    standing > 0 && different === 0,
    `a day's backlog of ${devices} devices, ${fixes} fixes: ${standing} occurrences, ${different} other than had it come in time`,
  );
  check(alerting === 0, `${alerting} statements of the backlog would alert somebody`);
  check(open === 0, `${open} occurrences of the backlog are left open`);
}

say(`seed ${seed}`);
for (const [name, run] of Object.entries(PARTS)) if (names.length === 0 || names.includes(name)) await run();
