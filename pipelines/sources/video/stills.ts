import type { IncomingMessage } from "node:http";
import type { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { type GuardedRequest, guardedRequest, readBody } from "../http/guarded-request.ts";
import type { EndConnection } from "./attend.ts";
import { createJpegReader, JPEG_BYTES_MAX } from "./jpeg-parts.ts";
import { jpegSize } from "./jpeg-size.ts";
import { MASKED_RATE_FPS } from "./masking-arguments.ts";
import { matroskaHead, matroskaPicture } from "./matroska.ts";

/** A picture is asked for so often; a camera that takes longer to answer is asked less often. */
const POLL_EVERY_MS = 500;
/** A camera that says "nothing new" is there, and its picture is shown again so often. */
const REPEAT_EVERY_MS = 2_000;

type Child = { readonly stdin: Writable; readonly end: EndConnection; readonly clock: Clock };

/** Writes JPEG pictures with the time of their arrival, since they have none of their own, no more than are recorded. */
function createStillWriter({ stdin, end, clock }: Child) {
  let began_ms: number | undefined;
  let last_cell = -1;
  return (jpeg: Uint8Array): void => {
    // The two ways of the child only agree on times that begin with nought.
    began_ms ??= clock.monotonic_ms();
    const pts_ms = clock.monotonic_ms() - began_ms;
    const cell = Math.floor((pts_ms * MASKED_RATE_FPS) / 1000);
    // A child that is late gets the next one instead.
    if (cell <= last_cell || stdin.destroyed || stdin.writableNeedDrain) return;
    if (!jpegSize(jpeg)) {
      end("not-video");
      return;
    }
    if (last_cell < 0) stdin.write(matroskaHead(jpeg));
    last_cell = cell;
    stdin.write(matroskaPicture(jpeg, pts_ms));
  };
}

/** The pictures of a `multipart/x-mixed-replace` answer, as they come. */
export function streamJpegs(answer: IncomingMessage, child: Child): void {
  const read = createJpegReader();
  const write = createStillWriter(child);
  answer.on("data", (chunk: Uint8Array) => {
    try {
      for (const jpeg of read(chunk)) write(jpeg);
    } catch {
      child.end("not-video");
      answer.destroy();
    }
  });
  answer.on("error", () => child.end("ended"));
  answer.on("end", () => child.stdin.end());
}

/**
 * Asks for a camera's still again and again, each time whether there is a new one. The first answer is there already.
 * Ends the connection with the first answer that is no picture.
 */
export function pollSnapshots(first: IncomingMessage, request: GuardedRequest, child: Child): void {
  void poll(first, request, child).catch((thrown: unknown) => {
    const silent = thrown instanceof AppError && thrown.code === "DEVICE_SILENT";
    child.end(silent ? "silent" : "ended");
  });
}

async function poll(first: IncomingMessage, request: GuardedRequest, { stdin, end, clock }: Child) {
  const write = createStillWriter({ stdin, end, clock });
  let last = { jpeg: await readBody(first, JPEG_BYTES_MAX), at_ms: clock.monotonic_ms() };
  let conditions = conditionsOf(first);
  write(last.jpeg);
  for (;;) {
    const asked_ms = clock.monotonic_ms();
    await delay(POLL_EVERY_MS, undefined, { ...(request.signal && { signal: request.signal }) });
    const answer = await guardedRequest({ ...request, headers: conditions });
    if (answer.statusCode !== 200 && answer.statusCode !== 304) {
      end("refused");
      return;
    }
    const jpeg = await readBody(answer, JPEG_BYTES_MAX);
    const fresh = answer.statusCode === 200 && !jpeg.equals(last.jpeg);
    if (answer.statusCode === 200) conditions = conditionsOf(answer);
    if (!fresh && asked_ms - last.at_ms < REPEAT_EVERY_MS) continue;
    last = { jpeg: fresh ? jpeg : last.jpeg, at_ms: clock.monotonic_ms() };
    write(last.jpeg);
  }
}

function conditionsOf({ headers }: IncomingMessage): Record<string, string> {
  const { etag, "last-modified": modified } = headers;
  if (etag !== undefined) return { "if-none-match": etag };
  return modified === undefined ? {} : { "if-modified-since": modified };
}
