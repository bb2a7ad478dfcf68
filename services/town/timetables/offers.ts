import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OfferedTimetable, TimetableChoosing, TimetablePiece } from "@yardline/api/timetable-parts";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { type ReadLimits, UnusableTimetable } from "@yardline/timetable/read-apart";
import { dayAfter, isServiceDate } from "@yardline/timetable/service-day";
import type { Examined } from "./examine.ts";
import type { FeedVersions } from "./feed-versions.ts";

/** A region's timetable is some tens of megabytes; a town's is a few. */
const FILE_BYTES_MAX = 64 * 1024 * 1024;
/** What somebody sends may cost so much and no more: the box records meanwhile. */
const LIMITS: ReadLimits = {
  unpacked_bytes_max: 512 * 1024 * 1024,
  heap_mb_max: 1_024,
  read_ms_max: 5 * 60_000,
};
/** Whoever sends nothing for so long has given up, and another may begin. */
const SENDING_MS_MAX = 60_000;
/** So far ahead a timetable may be chosen. */
const AHEAD_DAYS_MAX = 366;

type Sending = {
  readonly by: string;
  readonly name: string;
  readonly of_bytes: number;
  readonly received_bytes: number;
  readonly at_ms: EpochMs;
};

type OfferParts = {
  /** Where the file lies until it is chosen; nothing else is there. */
  readonly folder: string;
  readonly clock: Clock;
  /** Awaited once the timetables are others. */
  readonly changed: () => Promise<void>;
};

/** What people send as the town's next timetable: one file at a time, looked over, and followed when somebody chooses it. */
export class Offers implements TimetableChoosing {
  readonly feed: string;
  readonly #versions: FeedVersions;
  readonly #parts: OfferParts;
  readonly #path: string;
  #sending: Sending | undefined;
  #offered: (OfferedTimetable & { readonly examined?: Examined }) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(feed: string, versions: FeedVersions, parts: OfferParts) {
    this.feed = feed;
    this.#versions = versions;
    this.#parts = parts;
    this.#path = join(parts.folder, "offered.zip");
  }

  /** What was sent before a restart is sent again: nobody had chosen it. */
  static async open(feed: string, versions: FeedVersions, parts: OfferParts): Promise<Offers> {
    await rm(parts.folder, { recursive: true, force: true });
    await mkdir(parts.folder, { recursive: true, mode: 0o700 });
    return new Offers(feed, versions, parts);
  }

  offered(): OfferedTimetable | undefined {
    if (!this.#offered) return undefined;
    const { examined: _, ...told } = this.#offered;
    return told;
  }

  put(piece: TimetablePiece): Promise<OfferedTimetable | undefined> {
    return this.#inTurn(async () => {
      const received_bytes = await this.#receive(piece);
      if (received_bytes < piece.of_bytes) return undefined;
      this.#sending = undefined;
      await this.#lookOver(piece);
      return this.offered();
    });
  }

  drop(): Promise<void> {
    return this.#inTurn(() => this.#forget());
  }

  choose({ sha256, from }: Parameters<TimetableChoosing["choose"]>[0]): Promise<void> {
    return this.#inTurn(async () => {
      const offered = this.#offered;
      if (offered?.sha256 !== sha256) throw changed();
      const { fault, examined, name } = offered;
      if (fault || !examined) {
        throw new AppError("TIMETABLE_REFUSED", `It cannot be used: ${fault?.why ?? "it could not be read"}`);
      }
      const { today } = this.#versions;
      const since = from ?? today;
      if (!isServiceDate(since) || since < today || since > dayAfter(today, AHEAD_DAYS_MAX)) {
        throw new AppError("TIMETABLE_DAY", `Choose a day from ${today} on, within a year`);
      }
      await this.#versions.adopt(examined, { sha256, source: name, from: since, path: this.#path });
      await this.#forget();
      await this.#parts.changed();
    });
  }

  takeBack(seen: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#versions.takeBack(seen);
      await this.#parts.changed();
    });
  }

  /** @returns how much of the file is here. */
  async #receive({ by, name, of_bytes, at_bytes, piece }: TimetablePiece): Promise<number> {
    const at_ms = this.#parts.clock.now_ms();
    const known = this.#sending;
    if (of_bytes > FILE_BYTES_MAX) {
      const most = `${FILE_BYTES_MAX / 1024 / 1024} MB`;
      throw new AppError("TIMETABLE_TOO_LARGE", `A timetable has at most ${most}; cut it down to this town`);
    }
    if (known && known.by !== by && at_ms - known.at_ms < SENDING_MS_MAX) {
      throw new AppError(
        "TIMETABLE_UPLOAD_BUSY",
        `${known.by} is sending a timetable; wait until it is here`,
      );
    }
    const isNext =
      known !== undefined &&
      known.by === by &&
      known.name === name &&
      known.of_bytes === of_bytes &&
      known.received_bytes === at_bytes;
    const received_bytes = at_bytes + piece.length;
    if ((at_bytes > 0 && !isNext) || received_bytes > of_bytes || piece.length === 0) {
      throw new AppError(
        "TIMETABLE_UPLOAD_BROKEN",
        "This piece does not belong behind the one before; send the file anew",
      );
    }
    if (at_bytes === 0) {
      await this.#forget();
      await writeFile(this.#path, piece, { mode: 0o600 });
    } else {
      await appendFile(this.#path, piece);
    }
    this.#sending = { by, name, of_bytes, received_bytes, at_ms };
    return received_bytes;
  }

  async #lookOver({ name, by, of_bytes: bytes }: TimetablePiece): Promise<void> {
    const sha256 = createHash("sha256")
      .update(await readFile(this.#path))
      .digest("hex");
    const common = { sha256, name, by, bytes, at_ms: this.#parts.clock.now_ms() };
    try {
      const examined = await this.#versions.examine(this.#path, name, LIMITS);
      const { timetable, found } = examined;
      const { validity, feed_version } = timetable;
      const isKnown = this.#versions.standing().newest === sha256;
      const fault = isKnown ? SAME : examined.fault;
      this.#offered = {
        ...{ ...common, examined, found },
        ...(fault && { fault }),
        read: {
          ...{ validity, feed_version, lines: timetable.routes.size },
          ...{ stops: timetable.stops.size, trips: timetable.trips.size },
        },
      };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      const { code, message: why, cause } = thrown;
      const found = cause instanceof UnusableTimetable ? cause.found : [];
      this.#offered = { ...common, found, fault: { code, why } };
    }
  }

  async #forget(): Promise<void> {
    this.#offered = undefined;
    this.#sending = undefined;
    await rm(this.#path, { force: true });
  }

  /** Pieces, choices and ways back take turns: a file is never another one while it is read. */
  async #inTurn<Done>(work: () => Promise<Done>): Promise<Done> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return await done;
  }
}

const SAME = { code: "TIMETABLE_SAME", why: "This is the timetable that was chosen last." };

function changed(): AppError {
  return new AppError("TIMETABLE_CHANGED", "Somebody sent or chose another timetable meanwhile; look again");
}
