import { resolve } from "node:path";
import { AppError } from "@yardline/domain/errors";
import type { Clock, EpochMs } from "@yardline/domain/time";
import {
  type CapturedFix,
  type CarriedPositions,
  createCarriedReader,
  type DataPacket,
} from "../positions/carried-positions.ts";
import { attend } from "./attend.ts";
import type { CameraAddress } from "./camera-address.ts";
import { createDataReader, DATA_OUTPUT, dataCannotBeCopied } from "./data-streams.ts";
import { STDOUT, startFfmpeg } from "./ffmpeg.ts";
import { openInput } from "./open-input.ts";

/** Places of one recording that are kept: a day at 10 Hz. */
const FIXES_MAX = 1_000_000;

/**
 * All places that a recording carries beside its pictures, in the order of its file, each at `start_ms` plus its presentation time. A
 * packet without a time of its own is as late as its fixes say themselves, counted from the first one. None where it carries none.
 */
export async function readPlaces(
  path: string,
  start_ms: EpochMs,
  signal?: AbortSignal,
): Promise<readonly CapturedFix[]> {
  const child = startFfmpeg({
    input: ["-v", "error", "-protocol_whitelist", "file"],
    source: `file:${resolve(path)}`,
    outputs: [{ options: DATA_OUTPUT, target: STDOUT }],
  });
  const stop = () => void child.stop();
  signal?.addEventListener("abort", stop, { once: true });
  const [readData, readPositions, date] = [createDataReader(), createCarriedReader(), createDating(start_ms)];
  const placed: CapturedFix[] = [];
  try {
    for await (const chunk of child.stdout) {
      for (const packet of readData(chunk)) placed.push(...date(packet, readPositions(packet)));
      if (placed.length > FIXES_MAX) break;
    }
  } catch (thrown) {
    // What the data streams hold may be anything; the places until there stand.
    if (!(thrown instanceof AppError)) throw thrown;
  } finally {
    signal?.removeEventListener("abort", stop);
    await child.stop();
  }
  return placed;
}

/** When the fixes of each packet were true. */
function createDating(start_ms: EpochMs) {
  let first: { readonly captured_ms: EpochMs; readonly at_ms: EpochMs } | undefined;
  return ({ pts_ms }: DataPacket, { fixes }: CarriedPositions): readonly CapturedFix[] =>
    fixes.flatMap(({ fix, after_ms }) => {
      const told_ms =
        first && fix.at_ms !== undefined ? first.captured_ms + fix.at_ms - first.at_ms : undefined;
      const captured_ms = pts_ms === undefined ? told_ms : start_ms + pts_ms + after_ms;
      if (captured_ms === undefined) return [];
      if (fix.at_ms !== undefined) first ??= { captured_ms, at_ms: fix.at_ms };
      return [{ fix, captured_ms: Math.round(captured_ms) }];
    });
}

type Listening = { readonly clock: Clock; readonly listen_s: number; readonly signal: AbortSignal };

/**
 * Listens to what a camera carries beside its pictures, for so many seconds; neither pictures nor sound are opened.
 * @param take told of each packet of a stream that carries places.
 * @returns whether it carries data at all. @throws AppError as `openInput` does.
 */
export async function listenForPlaces(
  address: CameraAddress,
  { clock, listen_s, signal }: Listening,
  take: (positions: CarriedPositions) => void,
): Promise<boolean> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(listen_s * 1000)]);
  await using input = await openInput({ address, carries_positions: true }, { clock, signal });
  if (input.stills) return false;
  const outputs = [{ options: DATA_OUTPUT, target: STDOUT }];
  const child = startFfmpeg({ ...input.command, outputs }, address.secrets());
  const [readData, readPositions] = [createDataReader(), createCarriedReader()];
  const ended = await attend(
    child,
    { clock, signal: until },
    {
      begin: (end) => input.supply(child.stdin, end),
      take(chunk) {
        for (const packet of readData(chunk)) {
          const positions = readPositions(packet);
          if (positions.format !== undefined) take(positions);
        }
      },
    },
  );
  return !dataCannotBeCopied(ended.exit);
}
