import { setTimeout as delay, setImmediate as immediate } from "node:timers/promises";
import type { Client } from "@elastic/elasticsearch";
import type { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { faultOf, isPassing, troubleOf, unavailable, unavailableOf } from "./elastic-trouble.ts";
import type { PutResult } from "./event-index.ts";

/** One document to keep, as two lines of a bulk request. */
export type BulkLine = {
  readonly index: string;
  readonly id: string;
  readonly version: number;
  /** `external`: only what is newer than what is there; `external_gte`: the same again will do too. */
  readonly version_type: "external" | "external_gte";
  /** In JSON. */
  readonly document: string;
};

/** What the adapter tells about its dealings with the cluster. */
export type ElasticWatch = {
  sent(documents: number, took_ms: number): void;
  /** The cluster did not take something; after a wait it is asked again. */
  waits(why: string, wait_ms: number): void;
  refused(index: string, reason: string): void;
  /** Documents of earlier releases were written anew. */
  reread(documents: number): void;
};

/** Of one request, up to 3 bytes each: larger ones gain nothing and hold memory on both sides. */
const REQUEST_CHARACTERS_MAX = 4_000_000;
const REQUEST_LINES_MAX = 500;
const REQUESTS_MAX = 2;
const LINES_A_TURN = 32;
/** Waits between the tries; after the last one it is the caller's turn to wait. */
const WAITS_MS = [100, 300, 900, 2_700] as const;
/** How long the server may look for a shard before it says that there is none. */
const SHARD_WAIT = "1s";

/**
 * Sends documents in requests of bounded size, a few at once: the server goes through one request on one core. Two lines of one
 * document never go at once. One result each, in order.
 * A try whose answer was lost is made again: what it wrote is then `kept`.
 * @throws AppError `INDEX_UNAVAILABLE` when some were not taken after all tries; the others stay written.
 */
export async function sendBulk(
  client: Client,
  lines: Iterable<BulkLine>,
  sending: Sending,
): Promise<PutResult[]> {
  const results: Promise<PutResult[]>[] = [];
  const underWay: UnderWay[] = [];
  for await (const request of requestsOf(lines)) {
    const ids = new Set(request.map(({ id }) => id));
    while (underWay.length === REQUESTS_MAX || underWay.some((other) => !ids.isDisjointFrom(other.ids))) {
      await underWay.shift()?.answered;
    }
    const answered = sendRequest(client, request, sending);
    // Its failure is heard when its turn comes; until then it is no unhandled one.
    answered.catch(() => {});
    results.push(answered);
    underWay.push({ ids, answered });
  }
  return (await Promise.all(results)).flat();
}

type UnderWay = { readonly ids: ReadonlySet<string>; readonly answered: Promise<PutResult[]> };

type Prepared = Pick<BulkLine, "index" | "id"> & { readonly text: string };
/** What sending needs; with `refresh`, what was sent is found at once. */
export type Sending = { readonly clock: Clock; readonly watch: ElasticWatch; readonly refresh?: boolean };

async function* requestsOf(lines: Iterable<BulkLine>): AsyncGenerator<readonly Prepared[]> {
  let request: Prepared[] = [];
  let characters = 0;
  for (const { index, id, document, ...version } of lines) {
    const text = `${JSON.stringify({ index: { _index: index, _id: id, ...version } })}\n${document}`;
    const isFull = characters + text.length > REQUEST_CHARACTERS_MAX || request.length === REQUEST_LINES_MAX;
    if (isFull && request.length > 0) {
      yield request;
      request = [];
      characters = 0;
    }
    request.push({ index, id, text });
    characters += text.length;
    // Preparing is work for the processor: now and then the request under way gets a turn to send what it has not sent yet.
    if (request.length % LINES_A_TURN === 0) await immediate();
  }
  if (request.length > 0) yield request;
}

async function sendRequest(
  client: Client,
  request: readonly Prepared[],
  sending: Sending,
): Promise<PutResult[]> {
  const results = new Map<Prepared, PutResult>();
  for (const wait_ms of [...WAITS_MS, undefined]) {
    const open = request.filter((line) => !results.has(line));
    const failure = await tryOnce(client, open, results, sending);
    if (!failure) break;
    if (wait_ms === undefined || !failure.isPassing) throw failure.error;
    sending.watch.waits(failure.error.message, wait_ms);
    await delay(wait_ms);
  }
  return request.map((line) => results.get(line) ?? "kept");
}

type Failure = { readonly error: AppError; readonly isPassing: boolean };

/** Notes what became of each line that the server decided on. @returns why it did not decide on all of them. */
async function tryOnce(
  client: Client,
  lines: readonly Prepared[],
  results: Map<Prepared, PutResult>,
  { clock, watch, refresh = false }: Sending,
): Promise<Failure | undefined> {
  const begin_ms = clock.monotonic_ms();
  let items: readonly Item[];
  try {
    // Only what is looked at is sent back.
    const filter_path = ["items.*.status", "items.*.error.type", "items.*.error.reason"];
    const answer = await client.bulk({
      operations: lines.map(({ text }) => text),
      refresh,
      timeout: SHARD_WAIT,
      filter_path,
    });
    items = answer.items.map((item) => item.index ?? { status: 0 });
  } catch (thrown) {
    return { error: unavailable(thrown), isPassing: isPassing(troubleOf(thrown)) };
  }
  watch.sent(lines.length, clock.monotonic_ms() - begin_ms);
  let failure: Failure | undefined;
  for (const [at, line] of lines.entries()) {
    const { status, error } = items[at] ?? { status: 0 };
    const trouble = { status, type: error?.type ?? "", reason: error?.reason ?? "" };
    const fault = faultOf(trouble);
    if (fault !== undefined) watch.refused(line.index, fault);
    const result = fault === undefined ? resultOf(status) : { refused: fault };
    if (result) results.set(line, result);
    else failure ??= { error: unavailableOf(trouble, line.index), isPassing: isPassing(trouble) };
  }
  return failure;
}

type Item = {
  readonly status: number;
  readonly error?: { readonly type: string; readonly reason?: string | null };
};

function resultOf(status: number): PutResult | undefined {
  // A conflict of versions: what is there already is as new, or an erased one's tombstone.
  if (status === 409) return "kept";
  return status === 200 || status === 201 ? "written" : undefined;
}
