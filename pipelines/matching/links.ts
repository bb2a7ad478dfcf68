import { distance_m } from "@yardline/domain/geo";
import { endOf, type Pattern, type Run, startOf, type Timetable } from "@yardline/timetable/timetable";

/** A run that a vehicle may drive after another one, and how likely that is. */
export type Link = { readonly run: Run; readonly share: number };

/** Where a feed names no blocks, the next run begins this near to where the last one ends. */
const TERMINAL_M = 400;
/** Longest break between two runs of one vehicle that is looked ahead. */
const BREAK_MAX_MS = 2 * 3_600_000;
/** How often a bus goes on with its block, where the feed names blocks. */
const BLOCK = 0.95;
/** How often a bus that stays at its terminal goes on at all, where it names none … */
const GOES_ON = 0.97;
/** … how fast later departures than the first of their line get rarer, and how rare one of another line is, or from around the corner. */
const LATER_MS = 6 * 60_000;
const OTHER_LINE = 0.08;
const OTHER_STOP = 0.2;
/** Breaks are as long as this, or longer with this mean; few are as short as that. */
const BREAK_MS = 10 * 60_000;
const BREAK_MIN_MS = 2 * 60_000;
const NO_BREAK = 0.4;
/** Departures weighed; rarer ones are not worth it. */
const LINKS_MAX = 6;

/** Somebody said what a vehicle drives: right so often. */
export const ASSIGNED = 0.95;

/** What comes next where people assigned runs: one of these rather than what the timetable alone would have. */
export function withAssigned(links: readonly Link[], assigned: readonly Run[]): readonly Link[] {
  if (assigned.length === 0) return links;
  const others = links.filter(({ run }) => !assigned.includes(run));
  return [
    ...assigned.map((run) => ({ run, share: ASSIGNED / assigned.length })),
    ...others.map(({ run, share }) => ({ run, share: (1 - ASSIGNED) * share })),
  ];
}

/** Cancelled runs of one block that are looked past. */
const CANCELLED_MAX = 8;

/** What comes after a run when some of it is cancelled: the departures that are left, or what would come after the cancelled one. */
export function withoutCancelled(
  links: Links,
  run: Run,
  isCancelled: (run: Run) => boolean,
  looked = 0,
): readonly Link[] {
  const all = links.after(run);
  const left = all.filter((link) => !isCancelled(link.run));
  const [first] = all;
  if (!first || left.length === all.length) return all;
  const sum = all.reduce((total, { share }) => total + share, 0);
  if (left.length > 0) {
    const rest = left.reduce((total, { share }) => total + share, 0);
    return left.map((link) => ({ ...link, share: (link.share * sum) / rest }));
  }
  return looked < CANCELLED_MAX ? withoutCancelled(links, first.run, isCancelled, looked + 1) : [];
}

/** Which runs follow which in one timetable. Everything is worked out once. */
export class Links {
  readonly #timetable: Timetable;
  readonly #starting = new Map<Pattern, readonly Pattern[]>();
  readonly #blocks: ReadonlyMap<string, readonly Pattern[]>;
  readonly #after = new WeakMap<Run, readonly Link[]>();

  constructor(timetable: Timetable) {
    this.#timetable = timetable;
    const trips = [...timetable.trips.values()];
    const blocks = Map.groupBy(trips, ({ block_id }) => block_id ?? "");
    this.#blocks = new Map(
      [...blocks].map(([block_id, own]) => [block_id, [...new Set(own.map(({ pattern }) => pattern))]]),
    );
  }

  /**
   * What comes after a run: the trip that the feed links to it, or the next of its block. Where the feed has no blocks, the departures from its terminal by the
   * timetable, from when the run is due there: the first one of the same line is it nine times out of ten.
   */
  after(run: Run): readonly Link[] {
    const known = this.#after.get(run);
    if (known) return known;
    const links = this.#inBlock(run) ?? this.#fromTerminal(run);
    this.#after.set(run, links);
    return links;
  }

  #inBlock(run: Run): readonly Link[] | undefined {
    const { block_id } = run.trip;
    if (block_id === undefined) {
      const linked = this.#timetable.findNextInBlock(run);
      return linked && [{ run: linked, share: BLOCK }];
    }
    const own = this.#runsAfter(run, this.#blocks.get(block_id) ?? []);
    const next = own.find(({ trip }) => trip.block_id === block_id);
    return next ? [{ run: next, share: BLOCK }] : [];
  }

  #fromTerminal(run: Run): readonly Link[] {
    const { route } = run.trip.pattern;
    const starts = this.#runsAfter(run, this.#startingWhereEnds(run.trip.pattern));
    const [same, other] = [true, false].map((same) =>
      starts.filter(({ trip }) => (trip.pattern.route === route) === same).slice(0, LINKS_MAX),
    );
    const weighed = [...weighedOf(run, same ?? [], 1), ...weighedOf(run, other ?? [], OTHER_LINE)];
    const sum = weighed.reduce((total, { weight }) => total + weight, 0);
    return weighed.map(({ run, weight }) => ({ run, share: (GOES_ON * weight) / sum }));
  }

  #runsAfter(run: Run, patterns: readonly Pattern[]): readonly Run[] {
    const ends_ms = endOf(run);
    return patterns
      .flatMap((pattern) => this.#timetable.listRunsOn(pattern, run.service_date))
      .filter((next) => next.trip !== run.trip || next.start_time !== run.start_time)
      .filter((next) => startOf(next) >= ends_ms && startOf(next) <= ends_ms + BREAK_MAX_MS)
      .sort((a, b) => startOf(a) - startOf(b));
  }

  #startingWhereEnds(pattern: Pattern): readonly Pattern[] {
    const known = this.#starting.get(pattern);
    if (known) return known;
    const end = pattern.stops.at(-1);
    const starting = this.#timetable.patterns.filter(({ stops: [first] }) =>
      first && end ? distance_m(first, end) <= TERMINAL_M : false,
    );
    this.#starting.set(pattern, starting);
    return starting;
  }
}

function weighedOf(run: Run, starts: readonly Run[], rare: number) {
  const first_ms = starts[0] ? startOf(starts[0]) : 0;
  return starts.map((next) => ({
    run: next,
    weight: rare * easeOf(run, next) * Math.exp((first_ms - startOf(next)) / LATER_MS),
  }));
}

/** How well a run follows another by place and time alone, in (0, 1]. */
function easeOf(run: Run, next: Run): number {
  const stays = run.trip.pattern.stops.at(-1)?.stop_id === next.trip.pattern.stops[0]?.stop_id;
  const break_ms = startOf(next) - endOf(run);
  const ease = break_ms < BREAK_MIN_MS ? NO_BREAK : Math.exp(-Math.max(0, break_ms - BREAK_MS) / BREAK_MS);
  return (stays ? 1 : OTHER_STOP) * ease;
}
