import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { attend, type ConnectionEnd } from "./attend.ts";
import type { CameraAddress } from "./camera-address.ts";
import { pullerArguments } from "./camera-arguments.ts";
import { startFfmpeg } from "./ffmpeg.ts";
import { createFragmentReader, type Init, isInit } from "./fragments.ts";
import { jpegSize } from "./jpeg-size.ts";
import { cannotBeCopied, type LostReason } from "./lost-reason.ts";
import { endOf, type OpenedInput, openInput } from "./open-input.ts";
import { type CameraFigures, figuresOf, type ProbedPacket } from "./probe-figures.ts";

/** What is kept of the stream for measuring its cost. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;

/** What one camera sends: figures, and the bytes as they came (`mp4` fragments or `matroska` pictures). */
export type ProbedCamera = {
  readonly figures: CameraFigures;
  /** CPU milliseconds that the copying child took for a second of it; undefined where it cannot be told. */
  readonly copy_ms?: number;
  readonly sample: { readonly format: "mp4" | "matroska"; readonly data: Uint8Array };
};

type Listening = {
  readonly clock: Clock;
  readonly listen_s: number;
  readonly signal: AbortSignal;
  /** Leaves out what the stream's reader said: whoever asks from afar would learn from it what answers in here. */
  readonly isTerse?: boolean;
};

/**
 * Listens to a camera for `listen_s` seconds. Sound is never opened, nothing is decoded, nothing is kept.
 * @throws AppError `CAMERA_LOST` with why, in plain words and without the address.
 */
export async function probeCamera(address: CameraAddress, listening: Listening): Promise<ProbedCamera> {
  const opened = await openInput({ address }, listening).catch((thrown: unknown) => {
    throw lost(endOf(thrown, listening.signal), listening);
  });
  await using input = opened;
  return input.stills ? probeStills(input, listening) : probeStream(address, input, listening);
}

async function probeStream(
  address: CameraAddress,
  input: OpenedInput,
  { clock, listen_s, signal, isTerse = false }: Listening,
) {
  const read = createFragmentReader();
  const packets: ProbedPacket[] = [];
  const kept: Uint8Array[] = [];
  let [init, kept_bytes]: [Init | undefined, number] = [undefined, 0];
  let begun: { readonly at_ms: number; readonly cpu_ms: number | undefined } | undefined;
  let copy_ms: number | undefined;
  const child = startFfmpeg(pullerArguments(input.command), address.secrets());
  const world = { clock, signal };
  const ended = await attend(child, world, {
    begin: (end) => input.supply(child.stdin, end),
    take(chunk, end) {
      const arrived_ms = clock.monotonic_ms();
      for (const piece of read(chunk)) {
        if (isInit(piece)) init = piece;
        else packets.push({ pts_ms: piece.pts_ms, key: piece.key, arrived_ms, bytes: piece.data.length });
        kept_bytes += piece.data.length;
        if (kept_bytes <= KEPT_BYTES_MAX) kept.push(piece.data);
      }
      begun ??= { at_ms: arrived_ms, cpu_ms: cpuOf(child.pid()) };
      const passed_ms = arrived_ms - begun.at_ms;
      if (passed_ms < listen_s * 1000) return;
      const cpu_ms = cpuOf(child.pid());
      if (cpu_ms !== undefined && begun.cpu_ms !== undefined) {
        copy_ms = Math.max(1, Math.round(((cpu_ms - begun.cpu_ms) * 1000) / passed_ms));
      }
      end("ended");
    },
  });
  signal.throwIfAborted();
  if (cannotBeCopied(ended.exit)) throw uncopied();
  if (!init || packets.length < 2) throw lost(ended, { isTerse });
  return {
    figures: figuresOf(init, packets),
    ...(copy_ms !== undefined && { copy_ms }),
    sample: { format: "mp4", data: Buffer.concat(kept) },
  } satisfies ProbedCamera;
}

async function probeStills(
  input: OpenedInput,
  { listen_s, signal, isTerse = false }: Listening,
): Promise<ProbedCamera> {
  const stdin = new PassThrough({ highWaterMark: KEPT_BYTES_MAX });
  const pieces: Buffer[] = [];
  stdin.on("data", (piece: Buffer) => pieces.push(piece));
  const ending = Promise.withResolvers<LostReason>();
  input.supply(stdin, (why) => ending.resolve(why));
  const why = await Promise.race([ending.promise, delay(listen_s * 1000, undefined, { signal })]);
  const [head, ...pictures] = pieces;
  const [first] = pictures;
  const size = first && jpegSize(first.subarray(first.indexOf(Buffer.from([0xff, 0xd8]))));
  if (!head || !size) throw lost({ why: why ?? "not-video" }, { isTerse });
  const bytes = pictures.reduce((sum, { length }) => sum + length, 0);
  const fps = Number((pictures.length / listen_s).toFixed(2));
  return {
    figures: {
      codec: "mjpeg",
      ...size,
      listened_s: listen_s,
      fps,
      unevenness: 1,
      bit_rate_kbps: Math.round((bytes * 8) / listen_s / 1000),
      key_frame_distance_s: Number((1 / Math.max(fps, 0.01)).toFixed(2)),
      b_frames: false,
    },
    sample: { format: "matroska", data: Buffer.concat([head, ...pictures]) },
  };
}

/** Clock ticks of a second in /proc, on every Linux that Node runs on. */
const TICK_MS = 10;

/** CPU time that a process has had; undefined on a system without /proc. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}

const REASONS: Readonly<Record<LostReason, string>> = {
  ended: "it ended the connection; try again, or ask it with fewer clients",
  silent: "it does not answer: check that this machine reaches its network, and the port",
  refused: "it refuses: check the user name, the password and the path in its address",
  frozen: "its picture is frozen",
  "not-video": "what it sends is not video: check the path in its address",
  "mask-broken": "its mask is broken",
};

function lost(
  { why, exit }: Pick<ConnectionEnd, "why"> & { readonly exit?: ConnectionEnd["exit"] },
  { isTerse = false }: Pick<Listening, "isTerse">,
): AppError {
  if (exit?.failure) return exit.failure;
  const said = isTerse ? undefined : exit?.said.at(-1);
  return new AppError(
    "CAMERA_LOST",
    `The camera gives no pictures: ${REASONS[why]}${said ? ` (${said})` : ""}`,
  );
}

function uncopied(): AppError {
  return new AppError(
    "CAMERA_LOST",
    "The camera's codec cannot be copied into a recording; it would be encoded anew at 8 pictures a second. Choose H.264 in the camera",
  );
}
