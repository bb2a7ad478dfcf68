import type { EpochMs } from "@yardline/domain/time";
import type { Found } from "@yardline/timetable/check/findings";
import type { ServiceDate } from "@yardline/timetable/service-day";

/** Why nothing newer comes of a source: it cannot be fetched, since then; or what it has is worse than what is followed. */
type SourceTrouble = {
  readonly kind: "away" | "refused";
  readonly code: string;
  readonly why: string;
  readonly at_ms: EpochMs;
  /** In what was refused. */
  readonly found: readonly Found[];
};

/** One version that is followed, each on its days. */
type FollowedVersion = {
  readonly sha256: string;
  readonly source: string;
  /** Whether today's buses drive by it. */
  readonly is_in_use: boolean;
  /** Absent of what older releases took. */
  readonly taken_ms?: EpochMs;
  /** Absent of the first one: it is followed on whatever day it is meant for. */
  readonly from?: ServiceDate;
  readonly validity: { readonly first: ServiceDate; readonly last: ServiceDate };
  readonly feed_version: string | undefined;
};

/** What a town follows of one timetable, and how each of its sources is. */
export type FeedStanding = {
  readonly feed: string;
  /** The service day that runs now. */
  readonly today: ServiceDate;
  readonly sources: readonly {
    readonly source: string;
    /** When it last answered; absent before its first answer since the start. */
    readonly looked_ms?: EpochMs;
    readonly trouble?: SourceTrouble;
  }[];
  readonly versions: readonly FollowedVersion[];
};

/** What the checker finds, as of a service day. */
export type CheckedTimetable = { readonly on: ServiceDate; readonly found: readonly Found[] };

/** The timetables of a town, for whoever looks after them. */
export type TimetableView = {
  list(): readonly FeedStanding[];
  /** Reads the whole feed: takes seconds. Undefined where no such version is followed. @throws AppError `TIMETABLE_…` */
  check(feed: string, sha256: string): Promise<CheckedTimetable | undefined>;
};
