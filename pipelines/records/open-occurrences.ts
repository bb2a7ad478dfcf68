import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { anchorOf, occurrenceFloor } from "@yardline/events/identity";
import { readEvent } from "@yardline/events/read-event";
import { writeEvent } from "@yardline/events/write-event";
import type { Change, Records } from "./records.ts";
import { digestOf, firstStatement, type Last, revise, type Said } from "./revise.ts";

/** Calls that may wait for the one under way. */
const CALLS_MAX = 1_000;
/** Statements written down that the bus has not taken yet; beyond it nothing new is taken in. */
const UNPUBLISHED_MAX = 10_000;
/** How often what is too old to be corrected is forgotten, in the time of the anchors. */
const FORGET_EVERY_MS = 3_600_000;

export type Producer = {
  /**
   * States what is new among these, in one write and one publish; resolves when all of it is on the bus. What repeats the last
   * statement of its occurrence, or updates it too soon (`UPDATE_EVERY_MS`), is passed over. With nothing to say, the whole statements of
   * ended occurrences are given up at once, and not with the next statement.
   * @throws AppError `EVENT_MALFORMED` or `IDENTITY_ANCHOR` for the first that cannot be said; the others were. `BUS_UNAVAILABLE`,
   *   `RECORDS_UNAVAILABLE`, `PRODUCER_BUSY` (retryable): what was written down already is published by the next call, or after a restart.
   */
  state(said: readonly Said[]): Promise<void>;
  /** The last statement of each occurrence that is open, after a restart those of before it. By occurrence. */
  listOpen(): readonly YardlineEvent[];
};

type Settings = {
  /** Names the producer's own rows: two producers may share the records. */
  readonly name: string;
  readonly tenant: string;
  readonly bus: Pick<EventBus, "publish">;
  readonly records: Records;
  readonly clock: Clock;
  /**
   * How long a closed occurrence can be corrected, counted from its anchor to the newest anchor that was stated: no clock that
   * jumps makes us forget. Later its revisions would begin at 0 again, so nothing older may be stated (late data is held back
   * before). 0 suits keys that no later fact can name again.
   */
  readonly remember_ms: number;
};

/**
 * Opens a producer. Each statement is written down before it is published, under its final revision; after a kill, what was
 * written down is published once more, word for word. So no revision ever stands for two different statements, none goes
 * back, and none that anybody saw is forgotten.
 */
export async function openProducer(settings: Settings): Promise<Producer> {
  const log = new StatementLog(settings);
  await log.resume();
  return log;
}

class StatementLog implements Producer {
  readonly #settings: Settings;
  /** Rows of this kind hold a whole statement, perhaps not yet on the bus; of the other, what is left of an ended one. */
  readonly #openKind: string;
  readonly #closedKind: string;
  readonly #open = new Map<string, YardlineEvent>();
  readonly #last = new Map<string, Last>();
  #unpublished: readonly YardlineEvent[] = [];
  /** Ended and on the bus: their rows become short with the next write. */
  #ended: readonly YardlineEvent[] = [];
  #turn: Promise<void> = Promise.resolve();
  #calls = 0;
  #newest_ms: EpochMs = 0;
  #forgot_at_ms: EpochMs = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#openKind = `open-occurrence/${settings.name}`;
    this.#closedKind = `closed-occurrence/${settings.name}`;
  }

  async resume(): Promise<void> {
    const rows = await this.#settings.records.list(this.#openKind);
    this.#unpublished = rows.map(({ value }) => readEvent(JSON.stringify(value)));
    for (const event of this.#unpublished) this.#remember(event, 0);
    await this.#publish();
  }

  listOpen(): readonly YardlineEvent[] {
    return [...this.#open.values()].toSorted((a, b) => (a.occurrence < b.occurrence ? -1 : 1));
  }

  /** One call after another: the revision of a statement rests on the one before it. */
  async state(said: readonly Said[]): Promise<void> {
    if (this.#calls >= CALLS_MAX) {
      const busy = `More than ${CALLS_MAX} statements wait for the disk; say it again later.`;
      throw new AppError("PRODUCER_BUSY", busy, { retryable: true });
    }
    this.#calls++;
    const turn = this.#turn.then(() => this.#stateNow(said));
    this.#turn = turn.catch(() => {});
    await turn.finally(() => this.#calls--);
  }

  async #stateNow(said: readonly Said[]): Promise<void> {
    if (this.#unpublished.length >= UNPUBLISHED_MAX) await this.#publish();
    const { events, failures } = await this.#newOf(said);
    // Asked to say nothing, it gives up what ended: it may name what may be kept no longer, and nothing newer may come for days.
    if (events.length > 0 || (said.length === 0 && this.#ended.length > 0)) await this.#writeDown(events);
    await this.#publish();
    await this.#forget();
    const [failure] = failures;
    if (failure) throw failure;
  }

  async #writeDown(events: readonly YardlineEvent[]): Promise<void> {
    const settled = this.#ended;
    await this.#settings.records.write([
      ...settled.flatMap((event) => this.#settling(event)),
      ...events.map((event): Change => ({ kind: this.#openKind, id: event.occurrence, value: event })),
    ]);
    this.#ended = [];
    for (const { occurrence } of settled) if (!this.#open.has(occurrence)) this.#last.delete(occurrence);
    for (const event of events) this.#remember(event, this.#settings.clock.now_ms());
    this.#unpublished = [...this.#unpublished, ...events];
  }

  /** Those that say something new, under their final revisions, each checked against its schema; one that fails harms no other. */
  async #newOf(
    said: readonly Said[],
  ): Promise<{ events: readonly YardlineEvent[]; failures: readonly AppError[] }> {
    const { records, clock, tenant } = this.#settings;
    const now_ms = clock.now_ms();
    const failures: AppError[] = [];
    const firsts = said.flatMap((each) => orFailure(failures, () => firstStatement(each, tenant)));
    const strangers = firsts.map(({ occurrence }) => occurrence).filter((name) => !this.#last.has(name));
    const rows = await records.findAll(this.#closedKind, [...new Set(strangers)]);
    const last = new Map(rows.map(({ id, value }) => [id, lastOf(value)]));
    const events = firsts.flatMap((first) => {
      const event = revise(first, last.get(first.occurrence) ?? this.#last.get(first.occurrence), now_ms);
      if (!event || orFailure(failures, () => writeEvent(event)).length === 0) return [];
      last.set(event.occurrence, lastAfter(event, now_ms));
      return [event];
    });
    return { events, failures };
  }

  async #forget(): Promise<void> {
    const { records, remember_ms } = this.#settings;
    if (this.#newest_ms - this.#forgot_at_ms < FORGET_EVERY_MS) return;
    this.#forgot_at_ms = this.#newest_ms;
    await records.dropBefore(this.#closedKind, occurrenceFloor(Math.max(0, this.#newest_ms - remember_ms)));
  }

  #remember(event: YardlineEvent, now_ms: EpochMs): void {
    const { occurrence, state } = event;
    this.#newest_ms = Math.max(this.#newest_ms, anchorOf(occurrence));
    this.#last.set(occurrence, lastAfter(event, now_ms));
    if (state === "open" || state === "updated") this.#open.set(occurrence, event);
    else this.#open.delete(occurrence);
  }

  async #publish(): Promise<void> {
    const batch = this.#unpublished;
    if (batch.length === 0) return;
    await this.#settings.bus.publish(
      "events",
      batch.map((event) => ({
        key: event.occurrence,
        source: event.source,
        // Checked when it was new; what another release wrote down goes out word for word.
        body: new TextEncoder().encode(JSON.stringify(event)),
      })),
    );
    this.#unpublished = [];
    this.#ended = [...this.#ended, ...batch.filter(({ occurrence }) => !this.#open.has(occurrence))];
  }

  /** An ended occurrence gives up its whole statement; what a correction needs is kept. */
  #settling({ occurrence }: YardlineEvent): Change[] {
    return [
      { kind: this.#openKind, id: occurrence, value: undefined },
      { kind: this.#closedKind, id: occurrence, value: this.#last.get(occurrence) },
    ];
  }
}

/** The result of the work as a list of one, or an empty one with the expected failure put among `failures`. */
function orFailure<Result>(failures: AppError[], work: () => Result): Result[] {
  try {
    return [work()];
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    failures.push(thrown);
    return [];
  }
}

function lastAfter(event: YardlineEvent, told_at_ms: EpochMs): Last {
  const { revision, backfilled } = event;
  return { revision, digest: digestOf(event), told_at_ms, ...(backfilled && { backfilled }) };
}

function lastOf(value: unknown): Last {
  const { revision, digest, told_at_ms, backfilled } = Object(value);
  return {
    ...{ revision: Number(revision), digest: String(digest), told_at_ms: Number(told_at_ms) },
    ...(backfilled === true && { backfilled }),
  };
}
