import { setTimeout as delay } from "node:timers/promises";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Held } from "@yardline/events/fade";
import type { EventIndex } from "@yardline/index/event-index";
import {
  endHolds,
  findHolds,
  type Hold,
  type KeptHold,
  listUnswept,
  noteSwept,
} from "@yardline/records/holds";
import type { Records } from "@yardline/records/records";
import { holdOver, personalFaded, personalKept } from "@yardline/telemetry/fading";
import type { Logger } from "pino";

/** Personal fields live at most this much longer than their kind allows. */
const EVERY_MS = 60_000;

export type FadingParts = {
  /** Absent in a process that has none. */
  readonly index?: Pick<EventIndex, "fade">;
  readonly bus: Pick<EventBus, "fade">;
  readonly records: Pick<Records, "list" | "write" | "wipe">;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Told of each hold whose end has come, once, before what it held may go. */
  over?(hold: KeptHold): Promise<void>;
  /** Does the same with an index that is being made beside this one. @returns how many of its events changed. */
  beside?(...asked: Parameters<EventIndex["fade"]>): Promise<number>;
  /** Told how many events lost their personal fields, to be written down as proof. */
  gone?(where: FadedWhere, events: number): void;
};

/** The stores that events lose their personal fields in. */
export type FadedWhere = "index" | "bus";

/** What is held now, as the last round knew it, for whoever puts events anew; undefined where it is not known yet. */
export type Fading = { held(): readonly Held[] | undefined; readonly ended: Promise<void> };

/**
 * Takes personal fields out of index and bus when their time is over, round after round until the signal; what is held stays until that is over, and
 * goes then. When it is not known what is held, nothing goes.
 */
export function fadePersonal(parts: FadingParts): Fading {
  let held: readonly Held[] | undefined;
  async function run(): Promise<void> {
    while (!parts.signal.aborted) {
      try {
        held = await fadeOnce(parts);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        personalKept(parts.log, thrown);
      }
      await delay(EVERY_MS, undefined, { signal: parts.signal }).catch(() => undefined);
    }
  }
  return { held: () => held, ended: run() };
}

/** One round of it. @returns what is held. @throws AppError of the stores: the next round does what this one left. */
export async function fadeOnce({
  index,
  bus,
  records,
  clock,
  log,
  over,
  beside,
  gone,
}: Omit<FadingParts, "signal">): Promise<readonly Held[]> {
  const now_ms = clock.now_ms();
  for (const hold of await endHolds(records, now_ms)) {
    holdOver(log, hold.id, hold.hold.camera);
    await over?.(hold);
  }
  const held = await findHeld(records, now_ms);
  const unswept = await listUnswept(records);
  const again = unswept.map(({ hold }) => aroundOf(hold));
  const changed = (await index?.fade(now_ms, held, again)) ?? 0;
  if (changed > 0) gone?.("index", changed);
  const on_bus = (await bus.fade?.(now_ms, held, again.length > 0)) ?? 0;
  if (on_bus > 0) gone?.("bus", on_bus);
  await beside?.(now_ms, held, again);
  if (changed + on_bus > 0) personalFaded(log, { index: changed, bus: on_bus });
  await noteSwept(records, unswept, now_ms);
  await records.wipe?.();
  return held;
}

/** What is held at a time. @throws AppError as `findHolds`. */
export async function findHeld(records: Pick<Records, "list">, now_ms: EpochMs): Promise<readonly Held[]> {
  return (await findHolds(records, now_ms)).map(heldOf);
}

function heldOf({ camera, from_ms, to_ms }: Hold): Held {
  return { source: `camera/${camera}`, from_ms, to_ms };
}

/** Where events lie by their beginning that a hold touched: one that goes on for days began long before. */
function aroundOf({ from_ms, to_ms }: Hold): { readonly from_ms: number; readonly to_ms: number } {
  const DAYS_MS = 8 * 86_400_000;
  return { from_ms: Math.max(0, from_ms - DAYS_MS), to_ms: to_ms + 1 };
}
