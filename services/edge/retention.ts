import { setTimeout as delay } from "node:timers/promises";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { GapReason, Kept, MediaKeeper, MediaStore, Period } from "@yardline/media/media-store";
import { chooseRemovals } from "@yardline/media/removal";
import { RETENTION_PLAIN_H } from "@yardline/privacy/camera-record";
import { plainDropped } from "@yardline/telemetry/recording";
import { expiryFailed, mediaExpired } from "@yardline/telemetry/watching";
import type { Logger } from "pino";
import { agingClock } from "./aging-clock.ts";
import type { EdgeCamera } from "./edge.ts";
import { type Disk, makeRoom } from "./make-room.ts";
import { noteGaps } from "./note-gaps.ts";
import { CONTINUOUS, plainAgeOf } from "./recording-plan.ts";

/** Pictures live at most this much longer than their camera's record allows, and the disk is looked at so often. */
const EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Segments looked at together. */
const PAGE = 500;

/**
 * By which rule recording went. `camera-time`: its camera's record; `event-class`: its events' kinds; `by-event`: nothing referred to it;
 * `made-room`: the disk was full; `no-settings`: its camera was taken out of the settings.
 */
export type MediaRule = "camera-time" | "event-class" | "by-event" | "made-room" | "no-settings";

/** What one round dropped of one camera. */
export type MediaGone = {
  readonly camera: string;
  readonly rule: MediaRule;
  /** Segments and snapshots. */
  readonly things: number;
  /** Everything that went had ended before; absent where age was no reason. */
  readonly before_ms?: EpochMs;
  /** Holds on the camera: what they name stayed. */
  readonly holds: number;
};

/** How a box keeps what it records. */
export type Keeping = {
  readonly keeper: MediaKeeper;
  readonly disk: Disk;
  /** What is held as evidence, and thus goes for no reason at all. */
  listHeld(): Promise<readonly Period[]>;
  /** Told of what went, to be written down as proof. */
  gone?(gone: MediaGone): void;
};

export type RetentionParts = {
  readonly media: Pick<MediaStore, "expire">;
  readonly keeping: Keeping;
  readonly clock: Pick<Clock, "now_ms">;
  readonly log: Logger;
  /** Has the producer give up what it need not know any more. */
  settle?(): Promise<void>;
  /** Whether statements of a camera wait that may refer to what now seems to be plain recording. */
  isBehind(camera: string): boolean;
};

/**
 * Drops, now and then until `signal` aborts, what is older than its camera's record or its events' kinds allow, what no event refers to where the
 * settings ask for that, and what the disk has no room for. When it is not known what is held, nothing goes.
 */
export async function keepRetention(
  cameras: readonly EdgeCamera[],
  parts: RetentionParts & { readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const clock = agingClock(parts.clock);
  while (!signal.aborted) {
    await sweep(cameras, { ...parts, clock });
    await parts.settle?.().catch((thrown: unknown) => expiryFailed(parts.log, "(statements)", thrown));
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** One round of it. A camera whose things cannot be dropped does not keep the others from their turn. */
export async function sweep(cameras: readonly EdgeCamera[], parts: RetentionParts): Promise<void> {
  const { keeping, log } = parts;
  let held: readonly Period[];
  try {
    held = await keeping.listHeld();
  } catch (thrown) {
    for (const { id } of cameras) expiryFailed(log, id, thrown);
    return;
  }
  for (const camera of cameras) await expireOne(camera, parts, held);
  await expireOthers(cameras, parts, held);
  await makeRoom(keeping, held, log, (camera, things) =>
    tellGone(keeping, held, { camera, rule: "made-room", things }),
  );
}

function tellGone({ gone }: Keeping, held: readonly Period[], what: Omit<MediaGone, "holds">): void {
  if (what.things === 0) return;
  gone?.({ ...what, holds: held.filter(({ camera }) => camera === what.camera).length });
}

/** A camera that was taken out of the settings has no record any more: what it left goes when that of any camera would. */
async function expireOthers(
  cameras: readonly EdgeCamera[],
  { media, keeping, clock, log }: RetentionParts,
  held: readonly Period[],
): Promise<void> {
  const known = new Set(cameras.map(({ id }) => id));
  try {
    const others = (await keeping.keeper.listCameras()).filter((id) => !known.has(id));
    for (const id of others) {
      const before_ms = clock.now_ms() - RETENTION_PLAIN_H * HOUR_MS;
      const things = await media.expire(id, before_ms, held);
      mediaExpired(log, id, things);
      tellGone(keeping, held, { camera: id, rule: "no-settings", things, before_ms });
    }
  } catch (thrown) {
    expiryFailed(log, "(others)", thrown);
  }
}

async function expireOne(
  { id, record, recording = CONTINUOUS }: EdgeCamera,
  { media, keeping, clock, log, isBehind }: RetentionParts,
  held: readonly Period[],
): Promise<void> {
  try {
    const now_ms = clock.now_ms();
    const tell = (rule: MediaRule, things: number, before_ms?: EpochMs) =>
      tellGone(keeping, held, { camera: id, rule, things, ...(before_ms !== undefined && { before_ms }) });
    const before_ms = now_ms - record.retention_h * HOUR_MS;
    const old = await media.expire(id, before_ms, held);
    mediaExpired(log, id, old);
    tell("camera-time", old, before_ms);
    const outlived = (skip: number) => keeping.keeper.listOutlived(id, now_ms, PAGE, skip);
    const ofClass = await dropPages(keeping.keeper, outlived, "class-expired", held);
    mediaExpired(log, id, ofClass);
    tell("event-class", ofClass);
    const plain_ms = plainAgeOf(recording);
    if (plain_ms === undefined || isBehind(id)) return;
    const plain = (skip: number) => keeping.keeper.listPlain(id, now_ms - plain_ms, PAGE, skip);
    const dropped = await dropPages(keeping.keeper, plain, "by-event", held);
    plainDropped(log, id, dropped);
    tell("by-event", dropped, now_ms - plain_ms);
  } catch (thrown) {
    expiryFailed(log, id, thrown);
  }
}

/** Drops what is listed, page by page, and shows it as gaps; what is held stays. @returns how many things went. */
async function dropPages(
  keeper: MediaKeeper,
  list: (skip: number) => Promise<readonly Kept[]>,
  why: GapReason,
  held: readonly Period[],
): Promise<number> {
  let gone = 0;
  for (let skip = 0; ; ) {
    const page = await list(skip);
    if (page.length === 0) return gone;
    const going = chooseRemovals(page, Number.POSITIVE_INFINITY, held);
    await noteGaps(keeper, going, why);
    await keeper.remove(going);
    gone += going.length;
    skip += page.length - going.length;
  }
}
