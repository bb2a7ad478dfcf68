import { AppError } from "@yardline/domain/errors";
import type { Frame } from "@yardline/domain/picture";
import type { CapturedFix } from "@yardline/sources/positions/carried-positions";
import type { CameraFeed } from "@yardline/sources/video/feed";
import { type StreamChange, type StreamNote, watchCamera } from "@yardline/sources/video/watch-camera";
import { videoNoted } from "@yardline/telemetry/video";
import type { EdgeCamera, EdgeParts } from "./edge.ts";
import type { LivePictures } from "./live-pictures.ts";

/** Pictures a second that are looked at. */
const RATE_FPS = 5;

/** Where one camera's goods go, and what is wanted of it. */
type Hooks = {
  take(frame: Frame): void;
  changed(change: StreamChange): void;
  placed(fixes: readonly CapturedFix[]): void;
  noted(note: StreamNote): void;
  readonly wanted: NonNullable<CameraFeed["wanted"]>;
  /** Whoever looks on now gets the pictures here. */
  readonly live: ReturnType<LivePictures["taps"]>;
  /** Whether the camera's own stream tells where it is. */
  readonly carried: boolean;
};

type Parts = Pick<EdgeParts, "clock" | "random" | "newId" | "media" | "keeping" | "masks" | "log"> & {
  /** The gate through which all cameras of the process start one after another. */
  enter(signal: AbortSignal): Promise<() => void>;
};

/** Watches and records one camera until `signal` aborts or it must be closed. @returns why there will be no more pictures. */
export async function connectCamera(
  { id, address, sub, recorded, record }: EdgeCamera,
  { clock, random, newId, media, keeping, masks, log, enter }: Parts,
  { take, changed, placed, noted, wanted, carried, live }: Hooks,
  signal: AbortSignal,
): Promise<string> {
  const feed = {
    camera: id,
    address,
    ...(sub && { sub }),
    mask: record.mask,
    drawn_for: { find: () => masks.find(id), keep: (format: string) => masks.keep(id, format) },
    rate_fps: RATE_FPS,
    loop: recorded,
    carries_positions: carried,
    wanted,
  };
  const sinks = {
    frame: take,
    segment: media.putSegment.bind(media),
    grown: keeping.keeper.grow.bind(keeping.keeper),
    change: changed,
    placed,
    live,
    note(note: StreamNote) {
      videoNoted(log, id, note);
      noted(note);
    },
  };
  try {
    await watchCamera(feed, sinks, { clock, random, newId, enter }, signal);
    return signal.aborted ? "stopped" : "the recording is at its end";
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return thrown.message;
  }
}
