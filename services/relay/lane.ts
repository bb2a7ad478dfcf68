import { setTimeout as delay } from "node:timers/promises";
import type { Delivered } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { deadLetterOf } from "@yardline/indexer/dead-letters";
import { batchRelayed, recordSetAside, relayLags, relayWaits } from "@yardline/telemetry/relay";
import { type Region, RegionRefusal } from "./region-client.ts";
import type { RelayOptions } from "./relay.ts";
import {
  BATCH_BODY_BYTES_MAX,
  BATCH_RECORDS_MAX,
  type Relayed,
  type WireRecord,
  wireRecordOf,
} from "./wire.ts";

/** The consumer group on the edge's own bus: where it stopped is where it goes on. */
const GROUP = "relay";
/** The first wait after a failure, doubled up to the second. */
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 30_000;

/** A record that the region will not have. */
type RefusedRecord = { readonly record: Delivered; readonly code: string; readonly reason: string };

type LaneOptions = Omit<RelayOptions, "region" | "identity" | "answer_ms_max">;

/** One topic's way to the region: one batch at a time, so that the order is the bus's. Resolves after the signal. */
export async function runLane(
  topic: Relayed,
  receiver: Pick<Region, "send">,
  options: LaneOptions,
): Promise<void> {
  const { bus, signal } = options;
  const lane = { ...options, topic, receiver, patience: patienceOf(options.random) };
  while (!signal.aborted) {
    try {
      for await (const batch of bus.subscribe(topic, GROUP, signal)) {
        for (const part of partsOf(batch)) await deliver(part, lane);
        await noteLag(lane, batch.length);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof AppError && thrown.retryable)) throw thrown;
      await waitAfter(thrown, lane);
    }
  }
}

type Lane = LaneOptions & {
  readonly topic: Relayed;
  readonly receiver: Pick<Region, "send">;
  readonly patience: Patience;
};

/** Brings some records to the region, whatever it takes; only an abort ends it earlier, and then it throws. */
async function deliver(records: readonly Delivered[], lane: Lane): Promise<void> {
  const { sendable, refused } = sorted(records);
  for (;;) {
    try {
      refused.push(...(await send(sendable, lane)));
      break;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (thrown.code === "BATCH_TOO_LARGE") {
        await deliverHalves(sendable, thrown, lane);
        break;
      }
      await waitAfter(thrown, lane);
      lane.signal.throwIfAborted();
    }
  }
  await setAside(refused, lane);
}

async function send(
  sendable: readonly Sendable[],
  { receiver, topic, patience, clock, signal }: Lane,
): Promise<RefusedRecord[]> {
  if (sendable.length === 0) return [];
  const began_ms = clock.monotonic_ms();
  const { taken, refused } = await receiver.send(
    topic,
    sendable.map(({ wire }) => wire),
    signal,
  );
  patience.reset();
  batchRelayed(topic, taken, clock.monotonic_ms() - began_ms, clock.now_ms());
  return refused.flatMap(({ at, code, reason }) => {
    const record = sendable[at]?.record;
    return record ? [{ record, code, reason }] : [];
  });
}

/** The region takes less at once than we send; what it does not take even alone is set aside. */
async function deliverHalves(
  sendable: readonly Sendable[],
  { code, message }: AppError,
  lane: Lane,
): Promise<void> {
  const records = sendable.map(({ record }) => record);
  const [only] = records;
  if (records.length === 1 && only) {
    await setAside([{ record: only, code, reason: message }], lane);
    return;
  }
  const middle = Math.ceil(records.length / 2);
  await deliver(records.slice(0, middle), lane);
  await deliver(records.slice(middle), lane);
}

/** Events are kept for a person to look at. A position or status is counted and let go: the next one says more. */
async function setAside(refused: readonly RefusedRecord[], { bus, topic, clock, log }: Lane): Promise<void> {
  if (topic === "events") {
    const letters = refused.map(({ record, code, reason }) =>
      deadLetterOf(record, `The region does not take it (${code}). ${reason}`, clock.now_ms()),
    );
    await bus.publish("dead-letters", letters);
  }
  for (const { record, code, reason } of refused) {
    recordSetAside(log, { topic, position: record.position, source: record.source, code, reason });
  }
}

type Sendable = { readonly record: Delivered; readonly wire: WireRecord };

function sorted(records: readonly Delivered[]): { sendable: Sendable[]; refused: RefusedRecord[] } {
  const sendable: Sendable[] = [];
  const refused: RefusedRecord[] = [];
  for (const record of records) {
    try {
      sendable.push({ record, wire: wireRecordOf(record) });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      refused.push({ record, code: thrown.code, reason: thrown.message });
    }
  }
  return { sendable, refused };
}

/** A delivered batch in pieces that fit the wire. */
function partsOf(batch: readonly Delivered[]): readonly (readonly Delivered[])[] {
  const parts: Delivered[][] = [];
  let part: Delivered[] = [];
  let bytes = 0;
  for (const record of batch) {
    bytes += record.body.byteLength;
    const isFull = bytes > BATCH_BODY_BYTES_MAX || part.length === BATCH_RECORDS_MAX;
    if (parts.length === 0 || isFull) {
      part = [];
      parts.push(part);
      bytes = record.body.byteLength;
    }
    part.push(record);
  }
  return parts;
}

async function waitAfter(failure: AppError, lane: Lane): Promise<void> {
  const { log, topic, patience, signal } = lane;
  const own_ms = patience.next_ms();
  const wait_ms = Math.max(own_ms, (failure instanceof RegionRefusal && failure.wait_ms) || 0);
  relayWaits(log, topic, failure, Math.round(wait_ms));
  await noteLag(lane, 0);
  await delay(wait_ms, undefined, { signal }).catch(() => undefined);
}

/** @param delivered what the bus does not count as handled yet. */
async function noteLag({ bus, topic }: Lane, delivered: number): Promise<void> {
  relayLags(topic, Math.max(0, (await bus.lag(topic, GROUP)) - delivered));
}

/** How long to wait after one failure more. */
type Patience = { next_ms(): number; reset(): void };

/** Doubling, and between half and the whole of it by chance. */
function patienceOf(random: () => number): Patience {
  let longest_ms = RETRY_MS_MIN;
  return {
    next_ms() {
      const wait_ms = longest_ms * (0.5 + random() / 2);
      longest_ms = Math.min(2 * longest_ms, RETRY_MS_MAX);
      return wait_ms;
    },
    reset() {
      longest_ms = RETRY_MS_MIN;
    },
  };
}
