import { release } from "@yardline/domain/picture";
import { attend, type ConnectionEnd } from "./attend.ts";
import { createCheckedWay, type MaskedFeed } from "./checked-way.ts";
import { openChildSocket } from "./child-socket.ts";
import { dataCannotBeCopied, openDataWay } from "./data-streams.ts";
import type { ConnectionSinks, ConnectionWorld } from "./feed.ts";
import { startFfmpeg } from "./ffmpeg.ts";
import { createFragmentReader, isInit } from "./fragments.ts";
import { maskingArguments } from "./masking-arguments.ts";
import { createNutReader } from "./nut.ts";
import { endOf, openInput } from "./open-input.ts";

/**
 * One connection of a camera whose private areas we paint over (or, without polygons, of one whose codec browsers cannot
 * play). What ffmpeg gives is masked already; even so no coded picture goes into a segment before its raw twin was checked
 * pixel by pixel, and a picture of another size, or one whose mask is not whole, ends the camera as `mask-broken`.
 */
export async function maskedConnection(
  feed: MaskedFeed,
  world: ConnectionWorld,
  sinks: ConnectionSinks,
  signal: AbortSignal,
): Promise<ConnectionEnd> {
  const opened = await openInput(feed, { ...world, signal }).catch((thrown: unknown) =>
    endOf(thrown, signal),
  );
  if ("why" in opened) return opened;
  await using input = opened;
  const readFragments = createFragmentReader();
  const readPictures = createNutReader();
  const way = createCheckedWay(feed, world, sinks);
  await using socket = await openChildSocket();
  await using data = await openDataWay(feed, () => world.clock.now_ms(), sinks);
  const command = maskingArguments(input.command, feed.polygons, socket.path, data?.outputs);
  const child = startFfmpeg(command, feed.address.secrets(), way.hear);
  const ended = await attend(
    child,
    { clock: world.clock, signal },
    {
      begin(end) {
        const see = (chunk: Uint8Array) => {
          try {
            for (const picture of readPictures(chunk)) way.see(picture, end);
            release(chunk);
          } catch {
            // Our own child writes this stream; what no longer fits its headers is a picture of a larger format.
            end(feed.polygons.length > 0 ? "mask-broken" : "ended");
          }
        };
        input.supply(child.stdin, end);
        data?.begin(way.captureOf);
        socket.receive((chunk) => afterPendingInput(() => see(chunk)));
      },
      take(chunk, end) {
        for (const piece of readFragments(chunk)) {
          if (isInit(piece)) way.open(piece);
          else way.take(piece, end);
        }
      },
    },
  );
  way.close();
  return data && dataCannotBeCopied(ended.exit) ? { ...ended, next: "without-data" } : ended;
}

/**
 * Runs `work` when everything has been read that the child wrote before what was read last. A change of format is announced on
 * standard error before its first picture is written; but a picture may be read while Node still works through an older
 * round of what was readable, so a whole further round has to pass.
 */
function afterPendingInput(work: () => void): void {
  setImmediate(() => setImmediate(work));
}
