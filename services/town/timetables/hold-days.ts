import { dayAfter, type ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import { holderOn, type Version } from "@yardline/timetable/versions";

/** Positions up to so old are gone through again when one comes late. */
const PAST_DAYS = 8;
/** A version that is meant for later than this is no version yet. */
const AHEAD_DAYS = 370;
/** Versions of one feed that are followed at once: each is in memory. */
const VERSIONS_MAX = 8;
/** Days whose answer is kept; asked for are a handful. */
const ANSWERS_MAX = 64;

type Held = Version & { readonly timetable: Timetable };

/**
 * Gives each version its days, and leaves out those that hold for no day any more.
 * @param versions by rank: where two are meant for one day, the later one goes before.
 * @param spare what somebody may go back to: it stays though it holds for no day.
 */
export function withDays<Each extends Held>(
  versions: readonly Each[],
  today: ServiceDate,
  spare?: Each,
): readonly Each[] {
  const days = Array.from({ length: PAST_DAYS + AHEAD_DAYS }, (_, i) => dayAfter(today, i - PAST_DAYS));
  const holders = new Set(days.map((date) => holderOn(versions, date)));
  if (spare) holders.add(spare);
  const kept = versions.filter((each) => holders.has(each)).slice(-VERSIONS_MAX);
  for (const { timetable } of kept) {
    const known = new Map<ServiceDate, boolean>();
    timetable.confine((date) => remembered(known, date, () => holderOn(kept, date)?.timetable === timetable));
  }
  return kept;
}

function remembered(known: Map<ServiceDate, boolean>, date: ServiceDate, ask: () => boolean): boolean {
  const answer = known.get(date) ?? ask();
  if (known.size >= ANSWERS_MAX) known.clear();
  known.set(date, answer);
  return answer;
}

/** The newest version that nobody took back, and the one before it. */
export function lastTwo<Each extends Version>(
  versions: readonly Each[],
): readonly [Each | undefined, Each | undefined] {
  const standing = versions.filter(({ until }) => until === undefined);
  return [standing.at(-2), standing.at(-1)];
}
