import type { CheckedTimetable, FeedStanding } from "@yardline/api/timetable-parts";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import {
  type TimetableNews,
  timetableKeptUnreadable,
  timetableRefused,
  timetableTaken,
  timetableTakenBack,
  timetableUnchanged,
  timetableUnreachable,
} from "@yardline/telemetry/timetables";
import type { Found } from "@yardline/timetable/check/findings";
import { type ReadLimits, readApart, UnusableTimetable } from "@yardline/timetable/read-apart";
import { dateAt, type ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import { followedFrom, holderOn, type Version } from "@yardline/timetable/versions";
import type { Logger } from "pino";
import { type Examined, faultOf, readNamed } from "./examine.ts";
import { lastTwo, withDays } from "./hold-days.ts";
import { type Kept, KeptVersions } from "./kept.ts";
import { type Fetched, fetchFeed, type Mark } from "./source.ts";
import { SourceStates } from "./source-states.ts";

/** Before any day: of the first versions of a feed each holds whenever it is meant to. */
const ALWAYS: ServiceDate = "00000101";

export type TimetableSettings = {
  readonly feed: string;
  /** Zip files' paths or addresses; where two are meant for one day, the later one in the list goes before. None where people choose. */
  readonly sources: readonly string[];
  /** Whether a newer version is followed from today, rather than from the service day that begins next. */
  readonly at_once: boolean;
};

type FeedParts = {
  readonly base: string;
  /** Where this feed's versions are kept. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
};

type InUse = Version & Kept & { readonly timetable: Timetable };

/** One feed of a town: the versions of it that are followed, kept on disk, and newer ones as its sources have them. */
export class FeedVersions {
  readonly #settings: TimetableSettings;
  readonly #parts: FeedParts;
  readonly #kept: KeptVersions;
  readonly #marks = new Map<string, Mark>();
  readonly #states = new SourceStates();
  /** By source, then as they came. */
  #versions: readonly InUse[] = [];

  private constructor(settings: TimetableSettings, parts: FeedParts, kept: KeptVersions) {
    this.#settings = settings;
    this.#parts = parts;
    this.#kept = kept;
  }

  /**
   * Opens what is kept of a feed, so that a source that cannot be reached does not matter; without that, what its sources have.
   * @throws AppError `GTFS_FETCH`, `TIMETABLE_…` where neither gives a timetable.
   */
  static async open(settings: TimetableSettings, parts: FeedParts): Promise<FeedVersions> {
    const feed = new FeedVersions(settings, parts, await KeptVersions.open(parts.folder));
    await feed.#readKept();
    if (feed.#versions.length === 0 && settings.sources.length > 0) await feed.#fetchFirst();
    return feed;
  }

  get timetables(): readonly Timetable[] {
    return this.#versions.map(({ timetable }) => timetable);
  }

  /** What is followed, and how each source is. */
  standing(): FeedStanding {
    const { feed, sources } = this.#settings;
    const today = this.today;
    const inUse = holderOn(this.#versions, today);
    const [before, newest] = lastTwo(this.#versions);
    return {
      ...{ feed, today },
      ...(sources.length === 0 &&
        newest && { newest: newest.sha256, ...(before && { before: before.sha256 }) }),
      sources: sources.map((source) => ({ source, ...this.#states.tell(source) })),
      versions: this.#versions.map(({ sha256, source, from, until, taken_ms, timetable }) => ({
        ...{ sha256, source, is_in_use: sha256 === inUse?.sha256 },
        ...(until !== undefined && { until }),
        ...(taken_ms !== undefined && { taken_ms }),
        ...(from !== ALWAYS && { from }),
        ...{ validity: timetable.validity, feed_version: timetable.feed_version },
      })),
    };
  }

  /** What the checker finds in a version that is followed, as of today. @throws AppError `TIMETABLE_…` */
  async check(sha256: string): Promise<CheckedTimetable | undefined> {
    const version = this.#versions.find((each) => each.sha256 === sha256);
    if (!version) return undefined;
    const check_at = this.today;
    const question = { path: this.#kept.pathOf(version), feed: this.#settings.feed, check_at };
    const { found } = await readApart(question, this.#parts.signal);
    return { on: check_at, found };
  }

  /** Looks whether a source has something newer, and follows it if it is sound. @returns whether the timetables are others now. */
  async look(source: string): Promise<boolean> {
    const { clock, log, signal } = this.#parts;
    const news = { feed: this.#settings.feed, source };
    let fetched: Fetched | undefined;
    try {
      fetched = await this.#fetch(source);
      this.#states.answered(source, clock.now_ms());
      if (fetched && !this.#knows(source, fetched.sha256)) return await this.#judge(fetched, news);
      timetableUnchanged(news);
      return false;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (signal.aborted) return false;
      const failure = { code: thrown.code, why: thrown.message, at_ms: clock.now_ms() };
      const found = thrown.cause instanceof UnusableTimetable ? thrown.cause.found : [];
      if (fetched) this.#refuse(fetched, news, failure, found);
      else if (this.#states.failed(source, failure)) timetableUnreachable(log, { ...news, ...failure });
      return false;
    }
  }

  #refuse(
    { sha256 }: Fetched,
    news: TimetableNews,
    { code, why }: { readonly code: string; readonly why: string },
    found: readonly Found[],
  ): void {
    const { clock, log } = this.#parts;
    this.#states.refuse(news.source, { sha256, code, why, found, at_ms: clock.now_ms() });
    timetableRefused(log, { ...news, code, why });
  }

  #knows(source: string, sha256: string): boolean {
    const followed = this.#versions.findLast((each) => each.source === source)?.sha256;
    return sha256 === followed || this.#states.isRefused(source, sha256);
  }

  async #readKept(): Promise<void> {
    const { log, signal } = this.#parts;
    const { feed } = this.#settings;
    for (const kept of this.#kept.list()) {
      try {
        const { timetable } = await readApart({ path: this.#kept.pathOf(kept), feed }, signal);
        this.#versions = [...this.#versions, { ...kept, timetable, validity: timetable.validity }];
      } catch (thrown) {
        if (!(thrown instanceof AppError) || signal.aborted) throw thrown;
        timetableKeptUnreadable(log, feed, thrown.code, thrown.message);
      }
    }
    this.#settle(this.#versions);
  }

  /** A source of several may be away; one of them must be there. */
  async #fetchFirst(): Promise<void> {
    let failure: unknown;
    for (const source of this.#settings.sources) {
      try {
        const fetched = await this.#fetch(source);
        if (fetched)
          await this.#take(await this.#readFetched(source), {
            source,
            from: ALWAYS,
            ...fetched,
          });
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        failure ??= thrown;
        const { code, message: why } = thrown;
        const news = { feed: this.#settings.feed, source, code, why };
        if (this.#settings.sources.length > 1) timetableUnreachable(this.#parts.log, news);
      }
    }
    if (this.#versions.length === 0) throw failure;
  }

  #readFetched(source: string) {
    const question = { path: this.#kept.fetched, feed: this.#settings.feed };
    return readNamed(question, source, this.#parts.signal);
  }

  async #fetch(from: string): Promise<Fetched | undefined> {
    const { base, signal } = this.#parts;
    const known = this.#marks.get(from);
    const fetched = await fetchFeed({ from, base, known, to: this.#kept.fetched }, signal);
    if (fetched) this.#marks.set(from, fetched.mark);
    return fetched;
  }

  /**
   * Reads a file and looks it over as something newer than what is in use.
   * @param source what people call it. @throws AppError `TIMETABLE_…`, its cause an `UnusableTimetable` where the checker came so far.
   */
  async examine(path: string, source: string, limits?: ReadLimits): Promise<Examined> {
    const { clock, signal } = this.#parts;
    const { feed } = this.#settings;
    const check_at = this.today;
    const read = await readNamed({ path, feed, check_at, ...(limits && { limits }) }, source, signal);
    const today = dateAt(clock.now_ms(), read.timetable.timezone);
    const inUse = holderOn(this.#versions, today);
    const foundNow = async () =>
      inUse && (await readApart({ path: this.#kept.pathOf(inUse), feed, check_at: today }, signal)).found;
    const fault = await faultOf(read, today, foundNow);
    return { ...read, ...(fault && { fault }) };
  }

  /** Follows what was examined and chosen, from a service day on; of the first one of all, on whatever day it is meant for. */
  async adopt(
    examined: Examined,
    { path, from, ...rest }: Omit<Kept, "until"> & { readonly path: string },
  ): Promise<void> {
    const since = this.#versions.length === 0 ? ALWAYS : from;
    await this.#take(examined, { ...rest, from: since }, path);
    const { feed } = this.#settings;
    const news = { feed, source: rest.source, from: since, version: examined.timetable.feed_version };
    timetableTaken(this.#parts.log, news);
  }

  /**
   * Follows the version before the newest one again, today already. What was driven stays the newest one's.
   * @param seen the newest one, as whoever asks knows it. @throws AppError `TIMETABLE_CHANGED`, `TIMETABLE_FIRST`.
   */
  async takeBack(seen: string): Promise<void> {
    const [before, newest] = lastTwo(this.#versions);
    if (newest?.sha256 !== seen) {
      throw new AppError("TIMETABLE_CHANGED", "Somebody chose another timetable meanwhile; look again");
    }
    if (!before)
      throw new AppError("TIMETABLE_FIRST", "There is no timetable before this one; choose another");
    const until = this.today;
    const others = this.#versions.filter((each) => each !== newest);
    await this.#keep(newest.from < until ? [...others, { ...newest, until }] : others);
    timetableTakenBack(this.#parts.log, { feed: this.#settings.feed, source: newest.source, until });
  }

  /** Follows what was fetched, unless it is broken where the version in use is not. */
  async #judge(fetched: Fetched, news: TimetableNews): Promise<boolean> {
    const { clock, log } = this.#parts;
    const { source } = news;
    const examined = await this.examine(this.#kept.fetched, source);
    const { timetable, fault } = examined;
    if (fault) {
      this.#refuse(fetched, news, fault, examined.found);
      return false;
    }
    const today = dateAt(clock.now_ms(), timetable.timezone);
    const inUse = holderOn(this.#versions, today);
    const told = this.#settings.at_once || !this.#settings.sources.includes(inUse?.source ?? source);
    const from = followedFrom(inUse?.timetable, timetable, { today, at_once: told });
    await this.#take(examined, { source, from, ...fetched });
    this.#states.take(source);
    timetableTaken(log, { ...news, from, version: timetable.feed_version });
    return true;
  }

  /** The service day that runs now. */
  get today(): ServiceDate {
    return dateAt(this.#parts.clock.now_ms(), this.#timezone ?? "UTC");
  }

  get #timezone(): string | undefined {
    return this.#versions.at(-1)?.timetable.timezone;
  }

  async #take(
    { timetable }: { readonly timetable: Timetable },
    { source, from, sha256 }: Kept,
    path?: string,
  ): Promise<void> {
    await this.#kept.keep(sha256, path);
    const taken_ms = this.#parts.clock.now_ms();
    const version = { sha256, source, from, taken_ms, timetable, validity: timetable.validity };
    await this.#keep([...this.#versions.filter((each) => each.sha256 !== sha256), version]);
  }

  async #keep(versions: readonly InUse[]): Promise<void> {
    this.#settle(versions);
    await this.#kept.write(this.#versions.map(({ timetable: _, validity: __, ...kept }) => kept));
  }

  /** Puts versions in their order, and gives each its days. Of what somebody chose the one before stays, to go back to. */
  #settle(versions: readonly InUse[]): void {
    const { sources } = this.#settings;
    const rank = ({ source }: InUse) => sources.indexOf(source);
    const ordered = versions.toSorted((a, b) => rank(a) - rank(b));
    const today = dateAt(this.#parts.clock.now_ms(), ordered.at(-1)?.timetable.timezone ?? "UTC");
    const [spare] = sources.length === 0 ? lastTwo(ordered) : [];
    this.#versions = withDays(ordered, today, spare);
  }
}
