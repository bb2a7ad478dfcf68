import type { DispatchView, TransitView } from "@yardline/api/parts";
import type { Delivered, EventBus } from "@yardline/bus/event-bus";
import { readPosition } from "@yardline/bus/position-record";
import { isOfTenant } from "@yardline/bus/record-source";
import { AppError } from "@yardline/domain/errors";
import { type Clock, type EpochMs, isoOf } from "@yardline/domain/time";
import { Network } from "@yardline/matching/network";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Records } from "@yardline/records/records";
import type { Finding } from "@yardline/rules/transit/transit-rule";
import {
  fixesTaken,
  fleetSeen,
  timetableInUse,
  transitCaughtUp,
  transitResuming,
  transitTroubled,
  visitsCrowded,
} from "@yardline/telemetry/transit";
import { noticeText } from "@yardline/timetable/notices";
import { dateAt } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";
import { dispatchView } from "./dispatch.ts";
import { checkFeeds } from "./feed-check.ts";
import { Fleet } from "./fleet.ts";
import { insist } from "./insist.ts";
import { LearntMemory } from "./learnt-memory.ts";
import { Marks } from "./marks.ts";
import { Operations } from "./operations.ts";
import { FLEET_NUMBERS, openRotatingIds, type PublicIds } from "./public-ids.ts";
import { openStatements, type Statements } from "./statements.ts";
import { transitView } from "./view.ts";

/** Silent vehicles are looked for so often; also how long the bus must be quiet to count as read to its end. */
const TICK_MS = 2_000;

type Store = Pick<Records, "find" | "write">;
/** None before the first one was chosen. */
type Timetables = readonly Timetable[];

type FollowSettings = {
  /** Whose vehicles are followed: on a region's bus there are others' too. */
  readonly tenant: string;
  /** All feeds that are followed, of some more than one version: each has runs on the days only for which it holds. */
  readonly timetables: Timetables;
  /** IANA name, of a town that has none yet. */
  readonly timezone?: string;
  readonly bus: Pick<EventBus, "tail" | "end">;
  readonly records: Pick<Records, "find" | "findAll" | "list" | "write" | "dropBefore">;
  /** What the public calls vehicles: their fleet numbers, which is so without it, or ids that are others each day. */
  readonly public_ids?: "fleet" | "rotating";
  readonly clock: Clock;
  readonly log: Logger;
};

export type TransitSettings = FollowSettings & {
  /** Remembers what it said for at least as long as positions are read again: eight hours. */
  readonly producer: Pick<Producer, "state" | "listOpen">;
};

export type Transit = {
  readonly view: TransitView;
  readonly dispatch: DispatchView;
  /** Resolves when the signal aborted and the last batch is through; rejects on a fault of ours. */
  readonly stopped: Promise<void>;
  /** Follows these timetables from now on; what is known of vehicles is kept. Resolves when it does. */
  adopt(timetables: Timetables): Promise<void>;
};

/**
 * Follows the vehicles whose positions are on the bus, states what the rules find, and answers the doors. Nothing but a place
 * on the bus is kept, and what was learnt for predictions: a new process reads the positions of the last hours again, which gives the same findings, and the
 * producer passes over what it has said before.
 */
export async function startTransit(settings: TransitSettings, signal: AbortSignal): Promise<Transit> {
  const { producer, log, records } = settings;
  const memory = await LearntMemory.open(records, settings.clock.now_ms(), log);
  const network = new Network(settings.timetables);
  const operations = await Operations.open({ ...settings, network }, signal);
  const ids = await idsOf(settings, records);
  const statements = openStatements(producer, settings, signal);
  const kept = { network, ids, memory, operations, marks: await Marks.open(records) };
  return follow(settings, kept, statements, signal);
}

/**
 * Follows the vehicles as well as the process that states does, and says nothing: for a process that only answers. What is known
 * of a vehicle is a function of its positions, so that both know the same.
 */
export async function followTransit(settings: FollowSettings, signal: AbortSignal): Promise<Transit> {
  const { find } = settings.records;
  const records = { find: find.bind(settings.records), write: async () => undefined };
  const memory = await LearntMemory.open(records, settings.clock.now_ms(), settings.log);
  const network = new Network(settings.timetables);
  const operations = await Operations.open({ ...settings, network }, signal);
  const ids = await idsOf(settings, records);
  const kept = { network, ids, memory, operations, marks: await Marks.open(records) };
  return follow(settings, kept, SILENT, signal);
}

async function idsOf(
  { public_ids, timetables: [first], timezone = "UTC" }: FollowSettings,
  records: Store,
): Promise<PublicIds> {
  return public_ids === "rotating" ? openRotatingIds(records, first?.timezone ?? timezone) : FLEET_NUMBERS;
}

/** What is followed, and what an earlier process, or another one, left in Records. */
type Kept = {
  readonly network: Network;
  readonly ids: PublicIds;
  readonly memory: LearntMemory;
  readonly operations: Operations;
  readonly marks: Marks;
};

const SILENT: Statements = { state: async () => undefined, endOthers: async () => 0 };

function follow(settings: FollowSettings, kept: Kept, statements: Statements, signal: AbortSignal): Transit {
  const { timetables, clock, log } = settings;
  for (const timetable of timetables) announce(timetable, clock, log);
  const { network, ids, memory, operations, marks } = kept;
  network.heed(operations.orders);
  const fleet = new Fleet(network, memory.knowledge, memory.learnt_to_ms);
  const turns = oneByOne();
  const stopped = run(settings, new Follower(settings, fleet, kept, statements), marks, turns, signal);
  stopped.catch(() => undefined);
  const { timezone } = settings;
  const view = transitView(network, fleet, clock, { operations, idOf: ids, ...(timezone && { timezone }) });
  const checks = checkFeeds(timetables, view, settings, signal);
  async function adopt(newer: Timetables): Promise<void> {
    await turns.take(async () => {
      network.follow(newer);
      network.heed(operations.ordersAnew());
    });
    checks.follow(newer);
    for (const timetable of newer) if (!timetables.includes(timetable)) announce(timetable, clock, log);
  }
  return { view, dispatch: dispatchView(network, fleet, operations), stopped, adopt };
}

async function run(
  { bus, log }: FollowSettings,
  follower: Follower,
  marks: Marks,
  turns: Turns,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  let ticking = false;
  const timer = setInterval(() => {
    if (ticking) return;
    ticking = true;
    const ticked = turns.take(() => follower.tick());
    ticked.then(() => (ticking = false)).catch(() => failed.abort());
  }, TICK_MS);
  const ends = AbortSignal.any([signal, failed.signal]);
  let position = marks.start?.position;
  async function read(): Promise<void> {
    position ??= await bus.end("positions");
    for await (const batch of bus.tail("positions", position, ends)) {
      await turns.take(() => follower.take(batch));
      position = batch.at(-1)?.position;
    }
  }
  try {
    await insist(read, ({ code, message }) => transitTroubled(log, code, message), ends);
    await turns.take(async () => undefined);
  } finally {
    clearInterval(timer);
  }
}

type Turns = { take(work: () => Promise<void>): Promise<void> };

/** Batches, ticks and new timetables take turns; a failure of one is the failure of all that follow. */
function oneByOne(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    take(work) {
      last = last.then(work);
      last.catch(() => undefined);
      return last;
    },
  };
}

/** What one process does with batch after batch: first it reads again what an earlier one read, then it states what is new. */
class Follower {
  readonly #settings: Pick<FollowSettings, "tenant" | "clock" | "log">;
  readonly #fleet: Fleet;
  readonly #marks: Marks;
  readonly #memory: LearntMemory;
  readonly #operations: Operations;
  readonly #statements: Statements;
  readonly #started_ms: EpochMs;
  /** Whether everything that was on the bus before us is read. */
  #present: boolean;
  /** Whether no batch came since the last tick. */
  #quiet = false;
  #positions = 0;

  constructor(
    settings: Pick<FollowSettings, "tenant" | "clock" | "log">,
    fleet: Fleet,
    { memory, operations, marks }: Kept,
    statements: Statements,
  ) {
    this.#settings = settings;
    this.#fleet = fleet;
    this.#marks = marks;
    this.#memory = memory;
    this.#operations = operations;
    this.#statements = statements;
    this.#started_ms = settings.clock.now_ms();
    this.#present = marks.start === undefined;
    if (marks.start) transitResuming(settings.log, isoOf(marks.start.at_ms));
  }

  async take(batch: readonly Delivered[]): Promise<void> {
    const { tenant, log, clock } = this.#settings;
    this.#quiet = false;
    const own = batch.filter(({ source }) => isOfTenant(source, tenant));
    const positions = own.flatMap(({ body }) => readPosition(body) ?? []);
    fixesTaken(log, "unreadable", own.length - positions.length);
    const resumed = !this.#present && this.#marks.start?.first === false;
    const { findings, fates, crowded_visits } = this.#fleet.take(positions, resumed);
    for (const [fate, count] of fates) fixesTaken(log, fate, count);
    visitsCrowded(crowded_visits);
    this.#positions += positions.length;
    if (this.#present) await this.#statements.state(findings);
    else if (positions.some(({ received_at_ms }) => received_at_ms >= this.#started_ms)) await this.#arrive();
    const last = batch.at(-1);
    if (this.#present && last) await this.#note(last.position, clock.now_ms());
  }

  /** A place that could not be noted costs a longer reading after the next start, what was learnt some accuracy; nothing else. */
  async #note(position: string, now_ms: EpochMs): Promise<void> {
    try {
      await this.#marks.note(position, now_ms);
      await this.#memory.note(now_ms);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      transitTroubled(this.#settings.log, thrown.code, thrown.message);
    }
  }

  async tick(): Promise<void> {
    const changed = this.#heedOrders();
    if (!this.#present && this.#quiet) await this.#arrive();
    this.#quiet = true;
    if (!this.#present) return;
    await this.#statements.state(changed);
    await this.#statements.state(this.#fleet.hush(this.#settings.clock.now_ms()));
    const heard = this.#fleet.listHeard();
    const on_run = heard.filter(({ placement }) => placement !== undefined).length;
    fleetSeen(on_run, heard.length - on_run);
  }

  /** @returns what stands differently because of what people ordered since the last tick. */
  #heedOrders(): readonly Finding[] {
    const changes = this.#operations.takeChanges();
    return changes.length > 0 ? this.#fleet.order(this.#operations.orders, changes) : [];
  }

  /** Everything up to now is read again: say what stands, and end what nobody knows of any more. */
  async #arrive(): Promise<void> {
    this.#present = true;
    const standing = this.#fleet.listTold();
    await this.#statements.state(standing);
    const lost = await this.#statements.endOthers(standing);
    transitCaughtUp(this.#settings.log, { positions: this.#positions, lost });
  }
}

function announce(timetable: Timetable, clock: Clock, log: Logger): void {
  const today = dateAt(clock.now_ms(), timetable.timezone);
  const facts = {
    feed: timetable.feed,
    trips: timetable.trips.size,
    stops: timetable.stops.size,
    lines: timetable.routes.size,
    runs_today: timetable.patterns.reduce((sum, each) => sum + timetable.listRunsOn(each, today).length, 0),
  };
  timetableInUse(log, facts, timetable.notices.map(noticeText));
}
