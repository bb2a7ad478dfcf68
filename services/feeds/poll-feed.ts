import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { fetchFeed, type Validators } from "@yardline/sources/feeds/fetch-feed";
import { backOff_ms, type Desk, type Feed, type FeedParts, openDesk } from "./feed.ts";

/** A feed that fails is asked again at least so often. */
const BACK_OFF_MS_MAX = 120_000;

type Polled = Extract<Feed["from"], { way: "poll" }>;

/** Asks a feed over HTTP again and again until `signal` aborts. Rejects for a fault of ours alone. */
export async function pollFeed(
  feed: Feed,
  from: Polled,
  parts: FeedParts,
  signal: AbortSignal,
): Promise<void> {
  const desk = openDesk(feed, parts);
  const max_ms = Math.max(BACK_OFF_MS_MAX, feed.every_ms);
  let known_by: Validators | undefined;
  let failures = 0;
  while (!signal.aborted) {
    const asked = await ask(feed, from, desk, known_by, signal);
    known_by = asked.known_by;
    failures = asked.failed ? failures + 1 : 0;
    const wait_ms = backOff_ms(failures, feed.every_ms, max_ms, parts.random);
    await delay(Math.max(wait_ms, asked.wait_ms ?? 0), undefined, { signal }).catch(() => undefined);
  }
}

type Asked = {
  /** What the server knows the last answer by, if it was taken whole: one that was not is asked for again. */
  readonly known_by?: Validators | undefined;
  readonly failed: boolean;
  /** As the server asks. */
  readonly wait_ms?: number;
};

async function ask(
  { format }: Feed,
  from: Polled,
  desk: Desk,
  known_by: Validators | undefined,
  signal: AbortSignal,
): Promise<Asked> {
  try {
    const { accept, bytes_max } = format;
    const answer = await fetchFeed({ ...from, accept, bytes_max, known_by, signal });
    if (answer === "unchanged") {
      desk.unchanged();
      return { known_by, failed: false };
    }
    if ("refused" in answer) {
      desk.failed(answer.refused);
      return { known_by, failed: true, wait_ms: answer.wait_ms };
    }
    await desk.take(desk.read(answer.bytes));
    return { known_by: answer.known_by, failed: false };
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
    if (!signal.aborted) desk.failed(failure);
    return { failed: true };
  }
}
