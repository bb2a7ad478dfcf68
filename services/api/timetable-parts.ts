import type { EpochMs } from "@yardline/domain/time";
import type { Found } from "@yardline/timetable/check/findings";
import type { ServiceDate } from "@yardline/timetable/service-day";
import type { SettingsOwner } from "./settings-parts.ts";

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
  /** From then on it is followed no more: somebody went back to the one before. */
  readonly until?: ServiceDate;
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
  /** Where people choose: the version that was chosen last, and the one before, to which they may go back. */
  readonly newest?: string;
  readonly before?: string;
};

/** What the checker finds, as of a service day. */
export type CheckedTimetable = { readonly on: ServiceDate; readonly found: readonly Found[] };

/** A file that somebody sent, looked over; it is followed only once it is chosen. */
export type OfferedTimetable = {
  readonly sha256: string;
  /** As the file was called where it came from. */
  readonly name: string;
  readonly bytes: number;
  readonly by: string;
  readonly at_ms: EpochMs;
  readonly found: readonly Found[];
  /** Why it cannot be chosen. */
  readonly fault?: { readonly code: string; readonly why: string };
  /** Absent where it could not be read. */
  readonly read?: {
    readonly validity: { readonly first: ServiceDate; readonly last: ServiceDate };
    readonly feed_version: string | undefined;
    readonly lines: number;
    readonly stops: number;
    readonly trips: number;
  };
};

/** One piece of a file that is being sent: the doors wait ten seconds for a request, and a slow line needs longer for a whole one. */
export type TimetablePiece = {
  readonly name: string;
  /** Of the whole file. */
  readonly of_bytes: number;
  /** How much of it came before this piece; 0 begins anew. */
  readonly at_bytes: number;
  readonly piece: Uint8Array;
  readonly by: string;
};

/** Choosing the timetable in the browser, where nothing else names one. */
export type TimetableChoosing = {
  readonly feed: string;
  /** What waits to be chosen. */
  offered(): OfferedTimetable | undefined;
  /**
   * Takes a piece in; with the last one the file is read and looked over, which takes seconds. @returns what it is then.
   * @throws AppError `TIMETABLE_TOO_LARGE`, `TIMETABLE_UPLOAD_BUSY`, `TIMETABLE_UPLOAD_BROKEN`.
   */
  put(piece: TimetablePiece): Promise<OfferedTimetable | undefined>;
  /** Forgets what waits to be chosen. */
  drop(): Promise<void>;
  /**
   * Follows what was offered.
   * @param from a service day; undefined: at once. @throws AppError `TIMETABLE_CHANGED`, `TIMETABLE_REFUSED`, `TIMETABLE_DAY`.
   */
  choose(choice: { readonly sha256: string; readonly from?: ServiceDate | undefined }): Promise<void>;
  /** Goes back to the version before the newest. @param seen the newest. @throws AppError `TIMETABLE_CHANGED`, `TIMETABLE_FIRST`. */
  takeBack(seen: string): Promise<void>;
};

/** The timetables of a town, for whoever looks after them. */
export type TimetableView = {
  /** Where it is said which they are. */
  readonly owner: SettingsOwner;
  /** Absent where something else than the pages owns them. */
  readonly choosing?: TimetableChoosing;
  list(): readonly FeedStanding[];
  /** Reads the whole feed: takes seconds. Undefined where no such version is followed. @throws AppError `TIMETABLE_…` */
  check(feed: string, sha256: string): Promise<CheckedTimetable | undefined>;
};
