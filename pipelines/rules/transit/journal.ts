import type { EpochMs } from "@yardline/domain/time";
import { compareFixes, type Fix } from "@yardline/matching/fix";
import { type Following, follow, hush, isSameRun, SILENT_MS, UNKNOWN } from "@yardline/matching/follow";
import type { Network } from "@yardline/matching/network";
import type { Move } from "@yardline/matching/placement";
import type { Finding, Judge, TransitRule } from "./transit-rule.ts";

/** Fixes of one vehicle that are kept, the newest: 7 h at one each 5 s, a week at one each two minutes. */
export const WINDOW_FIXES_MAX = 5_000;
/** Fixes between two checkpoints: what a late fix makes us go through again, at least. */
const CHUNK_FIXES = 64;
/** A vehicle that comes on a run this near to its start was seen from the beginning. */
const START_M = 300;

/** What became of the fixes that were handed in. */
export type Taken = {
  /** Occurrences that stand differently now, as they stand; one that is not so any more comes as `withdrawn`. */
  readonly changes: readonly Finding[];
  /** Fixes known already, and those that lost against another statement about the same instant. */
  readonly doubled: number;
  /** Fixes older than others that came before; they made us think again. */
  readonly late: number;
  /** Fixes older than the window reaches: not used. */
  readonly beyond: number;
};

export type JournalOptions = {
  readonly network: Network;
  readonly rules: readonly TransitRule[];
  readonly vehicle_id: string;
  /**
   * True when fixes before the first one were taken in by an earlier process: nothing is then told of the run under way,
   * whose beginning this one does not know, until the vehicle leaves it.
   */
  readonly resumed?: boolean;
  readonly window_fixes_max?: number;
};

type Snapshot = {
  readonly following: Following;
  readonly judges: readonly Judge[];
  /** Whether what the rules find may be told; see `resumed`. */
  readonly settled: boolean;
};

type Chunk = {
  /** By time, no two of one instant. */
  readonly fixes: Fix[];
  /** How many of them, from the first, went through the rules. */
  folded: number;
  /** The state before the first of them. */
  before: Snapshot;
  findings: Finding[];
};

/**
 * One vehicle's fixes and what the rules find in them: a pure function of the *set* of fixes in the window. In whatever
 * order, how often and how late they come, the findings end up the same; what changes on the way is handed out to be told.
 * A fix in order costs one step; a late one goes back to the checkpoint before it.
 */
export class VehicleJournal {
  readonly #options: JournalOptions;
  #chunks: Chunk[] = [];
  #head: Snapshot;
  readonly #told = new Map<string, Finding>();
  /** What the silence since the newest fix means; forgotten as soon as there is another fix. */
  #silence: readonly Finding[] | undefined;
  #hushed_ms: EpochMs = 0;
  /** The last answer of `followingAt`, to go on from: who asks for a past moment asks for a later one next. */
  #past: { readonly chunk: Chunk; readonly count: number; readonly following: Following } | undefined;
  #trimmed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    const judges = options.rules.map(({ start }) => start);
    this.#head = { following: UNKNOWN, judges, settled: !options.resumed };
  }

  /** What is known of the vehicle now. */
  get following(): Following {
    return this.#silence ? UNKNOWN : this.#head.following;
  }

  /** Everything found in the window, as it stands. */
  listTold(): readonly Finding[] {
    return [...this.#told.values()];
  }

  take(fixes: readonly Fix[]): Taken {
    const counts = { doubled: 0, late: 0, beyond: 0 };
    let rewind = this.#chunks.length;
    for (const fix of [...fixes].sort(compareFixes)) {
      const put = this.#put(fix);
      if (put === "doubled" || put === "beyond") counts[put] += 1;
      if (typeof put === "number") {
        counts.late += 1;
        rewind = Math.min(rewind, put);
      }
    }
    if (counts.doubled + counts.beyond === fixes.length) return { changes: [], ...counts };
    const old = [...(this.#silence ?? []), ...this.#rewind(rewind)];
    this.#silence = undefined;
    const changes = this.#compare(old, this.#fold());
    this.#trim();
    return { changes, ...counts };
  }

  /**
   * What the network's orders say of the time since an instant has changed: everything from then on is gone through again.
   * @returns what stands differently now.
   */
  reconsider(since_ms: EpochMs): readonly Finding[] {
    const from = this.#chunks.findIndex(({ fixes }) => (fixes.at(-1)?.at_ms ?? 0) >= since_ms);
    if (from < 0) return [];
    const silent = this.#silence;
    const old = [...(silent ?? []), ...this.#rewind(from)];
    const found = this.#fold();
    if (silent) this.#silence = this.#silenceUntil(this.#hushed_ms);
    return this.#compare(old, [...found, ...(this.#silence ?? [])]);
  }

  /** What was known of the vehicle at an instant, with the fixes that came later than they should: nothing before the window. */
  followingAt(at_ms: EpochMs): Following | undefined {
    const chunk = this.#chunks.findLast(
      ({ fixes }) => (fixes[0]?.at_ms ?? Number.POSITIVE_INFINITY) <= at_ms,
    );
    if (!chunk) return undefined;
    const count = chunk.fixes.findLastIndex((fix) => fix.at_ms <= at_ms) + 1;
    const known = this.#past?.chunk === chunk && this.#past.count <= count ? this.#past : undefined;
    let following = known?.following ?? chunk.before.following;
    const { network, vehicle_id } = this.#options;
    for (const fix of chunk.fixes.slice(known?.count ?? 0, count)) {
      const assigned = network.ordered.listAssigned(vehicle_id, fix.at_ms);
      following = follow(network, vehicle_id, following, fix, assigned).following;
    }
    this.#past = { chunk, count, following };
    return following;
  }

  /** The fixes that are kept of a time, both ends included, by time. */
  fixesBetween(from_ms: EpochMs, to_ms: EpochMs): readonly Fix[] {
    return this.#chunks.flatMap(({ fixes }) => {
      const touches = (fixes[0]?.at_ms ?? to_ms + 1) <= to_ms && (fixes.at(-1)?.at_ms ?? 0) >= from_ms;
      return touches ? fixes.filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms) : [];
    });
  }

  /** Since when fixes are kept, and whether there were older ones. */
  get kept(): { readonly since_ms: EpochMs | undefined; readonly trimmed: boolean } {
    return { since_ms: this.#chunks[0]?.fixes[0]?.at_ms, trimmed: this.#trimmed };
  }

  /** Nothing came until now: what a long silence means, said once. */
  hush(now_ms: EpochMs): readonly Finding[] {
    const { following } = this.#head;
    if (this.#silence || !following.fix || now_ms - following.fix.at_ms <= SILENT_MS) return [];
    this.#hushed_ms = now_ms;
    this.#silence = this.#silenceUntil(now_ms);
    return this.#compare([], this.#silence);
  }

  #silenceUntil(now_ms: EpochMs): readonly Finding[] {
    const moves = hush(this.#options.vehicle_id, this.#head.following, now_ms);
    return judged(this.#head, moves).findings;
  }

  /** Puts a fix in its place. @returns the chunk to go through again, or `next` for one that simply follows. */
  #put(fix: Fix): "doubled" | "beyond" | "next" | number {
    const at = this.#chunks.findLastIndex(({ fixes }) => (fixes[0]?.at_ms ?? 0) <= fix.at_ms);
    const chunk = this.#chunks[Math.max(0, at)];
    if (at < 0 && this.#trimmed) return "beyond";
    if (!chunk) {
      this.#chunks.push({ fixes: [fix], folded: 0, before: this.#head, findings: [] });
      return "next";
    }
    const after = chunk.fixes.findLastIndex(({ at_ms }) => at_ms <= fix.at_ms);
    const known = chunk.fixes[after];
    if (known?.at_ms === fix.at_ms) {
      if (compareFixes(known, fix) <= 0) return "doubled";
      chunk.fixes[after] = fix;
      return after < chunk.folded ? at : "next";
    }
    if (at === this.#chunks.length - 1 && after === chunk.fixes.length - 1 && after + 1 >= CHUNK_FIXES) {
      this.#chunks.push({ fixes: [fix], folded: 0, before: this.#head, findings: [] });
      return "next";
    }
    chunk.fixes.splice(after + 1, 0, fix);
    return after + 1 < chunk.folded || at < this.#chunks.length - 1 ? Math.max(0, at) : "next";
  }

  /** Goes back to the checkpoint of a chunk. @returns what was found since. */
  #rewind(from: number): readonly Finding[] {
    const undone = this.#chunks.splice(from);
    const [first] = undone;
    if (!first) return [];
    this.#head = first.before;
    const fixes = undone.flatMap((chunk) => chunk.fixes);
    for (let i = 0; i < fixes.length; i += CHUNK_FIXES) {
      const piece = fixes.slice(i, i + CHUNK_FIXES);
      this.#chunks.push({ fixes: piece, folded: 0, before: this.#head, findings: [] });
    }
    return undone.flatMap(({ findings }) => findings);
  }

  /** Takes the fixes that were not through the rules yet. @returns what was found in them. */
  #fold(): readonly Finding[] {
    const { network, vehicle_id } = this.#options;
    const found: Finding[] = [];
    for (const chunk of this.#chunks) {
      if (chunk.folded === 0) chunk.before = this.#head;
      for (const fix of chunk.fixes.slice(chunk.folded)) {
        const assigned = network.ordered.listAssigned(vehicle_id, fix.at_ms);
        const { following, moves } = follow(network, vehicle_id, this.#head.following, fix, assigned);
        const { judges, settled, findings } = judged(this.#head, moves);
        this.#head = { following, judges, settled };
        chunk.findings.push(...findings);
        found.push(...findings);
      }
      chunk.folded = chunk.fixes.length;
    }
    return found;
  }

  /** What stands differently from what was told, after `old` findings gave way to `found` ones. */
  #compare(old: readonly Finding[], found: readonly Finding[]): readonly Finding[] {
    const standing = new Map<string, Finding | undefined>();
    for (const { key } of old) standing.set(key, this.#latest(key));
    for (const finding of found) standing.set(finding.key, finding);
    return [...standing].flatMap(([key, finding]) => {
      const told = this.#told.get(key);
      if (finding && finding.state !== "withdrawn") {
        this.#told.set(key, finding);
        return told && contentOf(told) === contentOf(finding) ? [] : [finding];
      }
      this.#told.delete(key);
      return told ? [{ ...told, state: "withdrawn" as const }] : [];
    });
  }

  #latest(key: string): Finding | undefined {
    return this.#chunks.flatMap(({ findings }) => findings).findLast((finding) => finding.key === key);
  }

  /** Forgets the oldest fixes when there are too many; what was told of them stands. */
  #trim(): void {
    let count = this.#chunks.reduce((sum, { fixes }) => sum + fixes.length, 0);
    while (count > (this.#options.window_fixes_max ?? WINDOW_FIXES_MAX) && this.#chunks.length > 1) {
      const dropped = this.#chunks.shift();
      count -= dropped?.fixes.length ?? 0;
      this.#trimmed = true;
      for (const { key } of dropped?.findings ?? []) if (!this.#latest(key)) this.#told.delete(key);
    }
  }
}

function judged(before: Snapshot, moves: readonly Move[]) {
  let { judges, settled } = before;
  const findings: Finding[] = [];
  for (const move of moves) {
    settled ||= beginsAnew(move);
    const steps = judges.map((judge) => judge.judge(move));
    judges = steps.map(({ next }) => next);
    if (settled) findings.push(...steps.flatMap((step) => step.findings));
  }
  return { judges, settled, findings };
}

/** Whether a vehicle leaves a run, or comes on one at its start: from then on we know all of what it drives. */
function beginsAnew({ before, after }: Move): boolean {
  if (before) return !after || !isSameRun(before.run, after.run);
  return after !== undefined && after.at_m < START_M;
}

function contentOf({ state, facts }: Finding): string {
  return JSON.stringify([state, facts]);
}
