import type { Found } from "@yardline/timetable/check/findings";
import type { ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import { countRuns } from "@yardline/timetable/versions";

/** A version without a run in its first week is refused: it is out of date, or half a feed. */
const WEEK_DAYS = 7;

/** Why a version is not followed: a code, and a sentence with the place. */
export type Fault = { readonly code: string; readonly why: string };

export function errorsOf(found: readonly Found[]): readonly Found[] {
  return found.filter(({ severity }) => severity === "ERROR");
}

/** Many a feed in use has errors that nobody mends: only what the one in use has not is a reason to refuse a newer one. */
export function newFault(errors: readonly Found[], inUse: readonly Found[]): Fault | undefined {
  const borne = new Set(errorsOf(inUse).map(({ code }) => code));
  const worse = errors.find(({ code }) => !borne.has(code));
  return worse && { code: worse.code, why: placeOf(worse) };
}

export function emptyFault(timetable: Timetable, today: ServiceDate): Fault | undefined {
  const from = timetable.validity.first > today ? timetable.validity.first : today;
  if (countRuns(timetable, from, WEEK_DAYS) > 0) return undefined;
  return {
    code: "TIMETABLE_NO_SERVICE",
    why: `calendar.txt: no trip runs in the ${WEEK_DAYS} days from ${from} on`,
  };
}

function placeOf({ code, examples: [first], count }: Found): string {
  if (!first) return code;
  const { file, line, text } = first;
  return `${file}${line > 0 ? ` line ${line}` : ""}: ${text} (${code}${count > 1 ? `, ${count} times` : ""})`;
}
