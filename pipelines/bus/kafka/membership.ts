import type { Consumer, EachBatchPayload, Kafka } from "kafkajs";
import { BATCH_MAX, type Delivered } from "../event-bus.ts";
import { Offer, type Slice } from "./offer.ts";
import { positionsAfter } from "./position.ts";

/** A member that was not heard of for so long is dead, and its partitions are given to others. */
const SESSION_MS = 10_000;
/** Heard of so often, also while a batch is being handled. */
const HEARTBEAT_MS = 2_000;
/** How long members may take to hand over when the group changes: longer than a batch should take. */
const REBALANCE_MS_MAX = 30_000;
/** How long a broker waits for a new record before it says that there is none; closing a reader takes up to that. */
const POLL_MS_MAX = 250;
/** Partitions that may be under way at once: more than any topic of ours has. */
const PARTITIONS_MAX = 64;
/** Most bytes of bodies in one delivered batch; it holds at least one record. */
const BATCH_BYTES_MAX = 8_000_000;
/** How long leaving may take; what the brokers have not heard by then, they find out by the end of the session. */
const LEAVE_MS_MAX = 3_000;

/** Offset of the next record of each partition; grows as records are handed out. */
type Next = (number | undefined)[];

export type MembershipOptions = {
  readonly client: Kafka;
  readonly group: string;
  /** Its name on the brokers. */
  readonly topic: string;
  /** Where to begin when the reader itself keeps its place; without it the group does, on the brokers, after the work. */
  readonly from?: Next;
};

/**
 * One stay in a consumer group, from joining it to leaving or losing it. The client pushes what it fetched, partition by partition;
 * whoever reads pulls batches across all of them. A batch is committed by the stay that fetched it or not at all: after a
 * rebalance in between it is dropped, and comes again from where the group is.
 */
export class Membership {
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #group: boolean;
  readonly #next: Next;
  readonly #offers = new Set<Offer>();
  /** Our partitions: a new set with each joining. */
  #assigned: ReadonlySet<number> = new Set();
  /** Why everything must be given back once the batch in hand is through. */
  #leaving: unknown;
  #isInHand = false;
  #crash: unknown;
  #changed = Promise.withResolvers<void>();
  readonly #heart: NodeJS.Timeout;

  private constructor({ client, group, topic, from }: MembershipOptions) {
    this.#topic = topic;
    this.#group = from === undefined;
    this.#next = from ?? [];
    this.#consumer = client.consumer({
      groupId: group,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_MS_MAX,
      maxWaitTimeInMs: POLL_MS_MAX,
      allowAutoTopicCreation: false,
      // After a crash this stay is over: whoever reads begins another one.
      retry: { restartOnFailure: async () => false },
    });
    this.#heart = setInterval(() => void this.#beat(), HEARTBEAT_MS / 2);
  }

  static async join(options: MembershipOptions): Promise<Membership> {
    const membership = new Membership(options);
    try {
      await membership.#join();
      return membership;
    } catch (thrown) {
      await membership.leave();
      throw thrown;
    }
  }

  /** Batches, each handled when the next one is asked for. Ends with the signal. @throws what the client ended with. */
  async *batches(signal: AbortSignal): AsyncGenerator<readonly Delivered[]> {
    const wake = () => this.#changed.resolve();
    signal.addEventListener("abort", wake);
    try {
      while (!signal.aborted) {
        if (this.#crash) throw this.#crash;
        const assigned = this.#assigned;
        const slices = this.#take();
        if (slices.length === 0) {
          this.#changed = Promise.withResolvers();
          await this.#changed.promise;
          continue;
        }
        this.#isInHand = true;
        yield slices.flatMap((slice) => this.#deliver(slice));
        this.#isInHand = false;
        await this.#handled(slices, assigned);
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  /** What is in hand was not handled then. */
  async leave(): Promise<void> {
    clearInterval(this.#heart);
    this.#dropOffers();
    const left = this.#consumer.disconnect().catch(() => undefined);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, LEAVE_MS_MAX).unref())]);
  }

  async #join(): Promise<void> {
    const { CRASH, GROUP_JOIN } = this.#consumer.events;
    this.#consumer.on(CRASH, ({ payload }) => {
      this.#crash = payload.error;
      this.#changed.resolve();
    });
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment[this.#topic] ?? []));
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.#topic], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_MAX,
      eachBatch: (payload) => this.#offered(payload),
    });
  }

  #joined(partitions: readonly number[]): void {
    this.#assigned = new Set(partitions);
    this.#leaving = undefined;
    this.#dropOffers();
    if (this.#group) this.#next.length = 0;
    for (const partition of this.#group ? [] : partitions) {
      this.#consumer.seek({ topic: this.#topic, partition, offset: `${this.#next[partition] ?? 0}` });
    }
  }

  async #offered(payload: EachBatchPayload): Promise<void> {
    // Fetched before a rebalance took the partition away.
    if (!this.#assigned.has(payload.batch.partition)) return;
    const offer = new Offer(payload);
    this.#offers.add(offer);
    this.#changed.resolve();
    await offer.settled();
  }

  #take(): readonly Slice[] {
    const slices: Slice[] = [];
    let [records_left, bytes_left] = [BATCH_MAX, BATCH_BYTES_MAX];
    for (const offer of this.#leaving ? [] : this.#offers) {
      if (records_left === 0 || (slices.length > 0 && bytes_left <= 0)) break;
      const slice = offer.take(this.#next[offer.partition] ?? 0, records_left, bytes_left);
      records_left -= slice.records.length;
      bytes_left -= slice.bytes;
      if (slice.records.length > 0) slices.push(slice);
      else this.#finish(offer);
    }
    return slices;
  }

  #deliver({ offer: { partition }, records, last }: Slice): Delivered[] {
    const others = this.#group ? [] : this.#next;
    const offsets = records.map(({ offset }) => offset);
    const positions = positionsAfter(others, partition, offsets);
    this.#next[partition] = last + 1;
    return records.map(({ key, source, body }, at) => ({ key, source, body, position: positions[at] ?? "" }));
  }

  async #handled(slices: readonly Slice[], assigned: ReadonlySet<number>): Promise<void> {
    const [first] = slices;
    if (!first || assigned !== this.#assigned) return;
    try {
      if (this.#group) await first.offer.payload.commitOffsetsIfNecessary(this.#commitOf(slices));
    } catch (thrown) {
      this.#giveBack(thrown);
      return;
    }
    if (assigned !== this.#assigned) return;
    for (const { offer, last } of slices) {
      offer.payload.resolveOffset(`${last}`);
      if (offer.isTaken) this.#finish(offer);
    }
    if (this.#leaving) this.#giveBack(this.#leaving);
  }

  #commitOf(slices: readonly Slice[]) {
    const partitions = slices.map(({ offer: { partition }, last }) => ({ partition, offset: `${last + 1}` }));
    return { topics: [{ topic: this.#topic, partitions }] };
  }

  /** Says that we live, and hears whether the group changes: then the batch in hand may still be committed, and nothing more. */
  async #beat(): Promise<void> {
    const [offer] = this.#offers;
    const assigned = this.#assigned;
    try {
      await offer?.payload.heartbeat();
    } catch (thrown) {
      if (assigned !== this.#assigned) return;
      this.#leaving ??= thrown;
      if (!this.#isInHand) this.#giveBack(thrown);
    }
  }

  #giveBack(reason: unknown): void {
    for (const offer of this.#offers) offer.giveBack(reason);
    this.#offers.clear();
    this.#leaving = undefined;
  }

  #dropOffers(): void {
    for (const offer of this.#offers) this.#finish(offer);
  }

  #finish(offer: Offer): void {
    this.#offers.delete(offer);
    offer.finish();
  }
}
