import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Frame } from "@yardline/domain/picture";
import type { CapturedFix } from "../positions/carried-positions.ts";
import type { ConnectionEnd } from "./attend.ts";
import type { MaskedFeed, MaskedFormat } from "./checked-way.ts";
import { copyConnection } from "./copy-connection.ts";
import type { CameraFeed, ConnectionSinks, ConnectionWorld, VideoNote } from "./feed.ts";
import { createFreezeWatch } from "./freeze.ts";
import type { LiveTap } from "./live-stream.ts";
import { maskedConnection } from "./masked-connection.ts";
import { createRecorder, type GrowSegment, type StoreSegment } from "./recorder.ts";
import {
  backOff_ms,
  beginSupervision,
  type CameraChange,
  type SupervisionEvent,
  supervise,
} from "./supervise.ts";
import { createTransport } from "./transport.ts";

/** Where the goods of one stream go. */
export type StreamSinks = {
  /** A picture to look at; must not wait (a queue that drops its oldest, for one). Takes the picture over. */
  frame(frame: Frame): void;
  /** A finished piece of recording: `MediaStore.putSegment`. Without it nothing is recorded. */
  readonly segment?: StoreSegment;
  /** The segment under way, piece by piece: `MediaKeeper.grow`. */
  readonly grown?: GrowSegment;
  change(change: CameraChange): void;
  note(note: VideoNote): void;
  /** Where the camera was, out of its own stream. */
  placed?(fixes: readonly CapturedFix[]): void;
  /** For whoever looks on now; closed with each connection. */
  readonly live?: LiveTap;
};

export type CameraWorld = ConnectionWorld & {
  readonly random: () => number;
  /** The start gate that all cameras of the process share. */
  enter(signal: AbortSignal): Promise<() => void>;
};

/** One stream of a camera: see `watchCamera`, which is for all of them. */
export async function watchStream(
  feed: CameraFeed,
  sinks: StreamSinks,
  world: CameraWorld,
  signal: AbortSignal,
): Promise<void> {
  const recorder =
    sinks.segment && createRecorder(feed.camera, sinks.segment, sinks.note, world.clock, sinks.grown);
  const supervisor = createSupervisor(sinks, world.clock);
  const way = createTransport(feed.address, sinks.note);
  const connectionSinks: ConnectionSinks = {
    segment: (connection, segment) => recorder?.put(connection, segment),
    grown: (connection, grown) => recorder?.grow(connection, grown),
    note: sinks.note,
    arrived(at_ms) {
      way.arrived();
      supervisor.happen({ kind: "packet", at_ms });
    },
    frame: supervisor.frame,
    ...(sinks.placed && { placed: sinks.placed }),
    ...(sinks.live && { live: sinks.live }),
  };
  // What a camera covers by itself is painted over once more where its pictures are encoded anyway.
  const polygons = feed.mask.form === "none-needed" ? [] : feed.mask.polygons;
  const built: MaskedFormat = { format: polygons.length > 0 ? feed.drawn_for?.find() : undefined };
  const form = createForm(feed, sinks.note);
  try {
    while (!signal.aborted) {
      const letNext = await world.enter(signal);
      supervisor.happen({ kind: "attempted" });
      const asked = { ...feed, ...form.now(), ...way.begin() };
      const ended = await connect({ ...asked, polygons, built }, world, connectionSinks, signal);
      letNext();
      if (form.changes(ended.next)) continue;
      if (!(await goesOn(feed, way.ended(ended), supervisor, sinks, world.random, signal))) break;
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    await recorder?.settled();
  }
}

/** One connection, from which nothing is shown any more once it has ended. */
async function connect(
  feed: MaskedFeed & { readonly encode: boolean },
  world: CameraWorld,
  sinks: ConnectionSinks,
  signal: AbortSignal,
): Promise<ConnectionEnd> {
  try {
    return await (feed.encode ? maskedConnection : copyConnection)(feed, world, sinks, signal);
  } finally {
    sinks.live?.close();
  }
}

/** In which form a stream is asked for: what one connection showed to be impossible is not tried again. */
function createForm({ mask, carries_positions = false }: CameraFeed, note: StreamSinks["note"]) {
  let form = { encode: mask.form === "burnt-in", carries_positions };
  return {
    now: () => form,
    /** @returns whether the next connection is made at once, in another form. */
    changes(next: ConnectionEnd["next"]): boolean {
      if (next === "without-data") {
        form = { ...form, carries_positions: false };
        note({ kind: "positions-given-up" });
        return true;
      }
      if (next !== "encode" || form.encode) return false;
      form = { ...form, encode: true };
      return true;
    },
  };
}

/** Tells of a connection's end and waits until the next one is due. @returns false when there is to be none. */
async function goesOn(
  { address, loop }: CameraFeed,
  { why, next, exit }: ConnectionEnd,
  supervisor: Supervisor,
  sinks: StreamSinks,
  random: () => number,
  signal: AbortSignal,
): Promise<boolean> {
  if (exit.failure) throw exit.failure;
  if (signal.aborted) return false;
  sinks.note({ kind: "connection-ended", why, code: exit.code, signal: exit.signal, said: exit.said });
  const played = address.scheme === "file" && !loop && exit.code === 0;
  if (played && supervisor.now().state === "watching" && next === "after-a-wait") return false;
  supervisor.happen({ kind: "ended", why, orderly: next !== "after-a-wait" });
  if (why === "mask-broken") throw maskBroken();
  const { attempts, losses } = supervisor.now();
  // A camera that flaps is tried as seldom as one that does not answer.
  const tries = Math.max(attempts, losses - 1);
  if (next === "after-a-wait") await delay(backOff_ms(tries, random), undefined, { signal });
  return true;
}

type Supervisor = ReturnType<typeof createSupervisor>;

/** Keeps the state of one camera's supervision, tells of its changes, and looks for a frozen picture on the way. */
function createSupervisor(sinks: StreamSinks, clock: CameraWorld["clock"]) {
  let supervision = beginSupervision(clock.now_ms());
  const isFrozen = createFreezeWatch();

  function happen(event: SupervisionEvent): void {
    const { after, change } = supervise(supervision, event);
    supervision = after;
    if (change) sinks.change(change);
  }

  return {
    happen,
    now: () => supervision,
    frame(frame: Frame): void {
      const { state, why } = supervision;
      const frozen = isFrozen(frame.picture, frame.at_ms);
      if (frozen && state === "watching") happen({ kind: "froze", since_ms: frame.at_ms });
      if (!frozen && state === "lost" && why === "frozen") happen({ kind: "thawed", at_ms: frame.at_ms });
      sinks.note({ kind: "frame-seen", age_ms: clock.now_ms() - frame.at_ms });
      sinks.frame(frame);
    },
  };
}

function maskBroken(): AppError {
  return new AppError(
    "MASK_BROKEN",
    "The camera is closed: its picture changed in size, or a masked part was not black. " +
      "Look at a new still, draw the mask again, and open the camera",
  );
}
