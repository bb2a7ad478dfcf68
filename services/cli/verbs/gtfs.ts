import { checkGtfs } from "@yardline/timetable/check/check-gtfs";
import type { Found, Severity } from "@yardline/timetable/check/findings";
import { dateAt, type ServiceDate } from "@yardline/timetable/service-day";
import { dayOf } from "../day-flag.ts";
import { defineVerb, type Given, optionalFlag, UsageError, type World } from "../verb.ts";

/** Places of one rule that are printed; all of them are counted. */
const PLACES_MAX = 5;

/** Looks a timetable over before a town believes it. */
export const gtfs = defineVerb({
  name: "gtfs",
  summary: "Finds what is wrong with a GTFS timetable: file, line and rule.",
  usage: "check FILE.zip [--date DATE] [--json]",
  example: "./yardline gtfs check timetable.zip",
  flags: {
    date: { type: "string", help: "The day on which it is to be used, as 2026-10-01 (default: today, UTC)." },
    json: { type: "boolean", help: "Print everything found as JSON." },
  },
  positionals: { min: 2, max: 2 },
  async run(given, { clock, stdout, stderr }) {
    const [word, file = ""] = given.positionals;
    if (word !== "check") throw new UsageError(`gtfs: there is no "${word}"; there is "check"`);
    const found = await checkGtfs(file, dateOf(given, clock.now_ms()), progressOn(stderr));
    if (given.flags["json"]) stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
    else for (const each of found) stdout.write(textOf(each));
    const [errors, warnings, infos] = (["ERROR", "WARNING", "INFO"] as const).map((each) => sum(found, each));
    stderr.write(`${errors} errors, ${warnings} warnings, ${infos} remarks\n`);
    return errors === 0 ? 0 : 1;
  },
});

function dateOf(given: Given, now_ms: number): ServiceDate {
  const text = optionalFlag(given, "date");
  if (text === undefined) return dateAt(now_ms, "UTC");
  return dayOf(text, "date");
}

/** A line that overwrites itself, for a person who waits; nothing into a file. */
function progressOn(stderr: World["stderr"]): (line: string) => void {
  return (line) => {
    if (stderr.isTTY) stderr.write(`\r\u001B[K${line} …\r`);
  };
}

function textOf({ severity, code, count, examples }: Found): string {
  const shown = examples.slice(0, PLACES_MAX).map(({ file, line, text }) => {
    return `  ${file}${line > 0 ? ` line ${line}` : ""}: ${text}\n`;
  });
  const rest = count > shown.length ? `  … and ${count - shown.length} more\n` : "";
  return `${severity} ${code} (${count})\n${shown.join("")}${rest}`;
}

function sum(found: readonly Found[], severity: Severity): number {
  return found.filter((each) => each.severity === severity).reduce((all, { count }) => all + count, 0);
}
