import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import {
  checkMemory,
  type Knowledge,
  knowledgeOf,
  memoryOf,
  newKnowledge,
} from "@yardline/prediction/knowledge";
import type { Records } from "@yardline/records/records";
import { memoryUnused } from "@yardline/telemetry/transit";
import type { Logger } from "pino";

/** What was learnt is kept so often: a kill costs so much of it, and most of that is read again from the bus. */
const KEEP_EVERY_MS = 10 * 60_000;

const KIND = "transit-memory";
const ID = "arrivals";

type Store = Pick<Records, "find" | "write">;

/** What predictions rest on, kept over restarts and nights: written whole or not at all, as all of Records is. */
export class LearntMemory {
  readonly knowledge: Knowledge;
  /** Up to when it was learnt: fixes until then, read again, must not count twice. */
  readonly learnt_to_ms: EpochMs;
  readonly #store: Store;
  #kept_ms: EpochMs;

  private constructor(store: Store, knowledge: Knowledge, learnt_to_ms: EpochMs, now_ms: EpochMs) {
    this.#store = store;
    this.knowledge = knowledge;
    this.learnt_to_ms = learnt_to_ms;
    this.#kept_ms = now_ms;
  }

  /** One that cannot be read, as after going back to an older version, is told and left out: a town learns again within days. */
  static async open(store: Store, now_ms: EpochMs, log: Logger): Promise<LearntMemory> {
    const row = await store.find(KIND, ID);
    if (row) {
      try {
        const memory = checkMemory(row.value, "what was learnt for arrivals");
        const learnt_to_ms = Math.min(now_ms, memory.learnt_to_ms);
        return new LearntMemory(store, knowledgeOf(memory, now_ms), learnt_to_ms, now_ms);
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        memoryUnused(log, thrown.code, thrown.message);
      }
    }
    return new LearntMemory(store, newKnowledge(), 0, now_ms);
  }

  /** Keeps what is known, if it is time to. */
  async note(now_ms: EpochMs): Promise<void> {
    if (now_ms - this.#kept_ms >= KEEP_EVERY_MS) await this.keep(now_ms);
  }

  /** On disk on resolve; killed before, it is what was kept last, or this. */
  async keep(now_ms: EpochMs): Promise<void> {
    this.#kept_ms = now_ms;
    await this.#store.write([{ kind: KIND, id: ID, value: memoryOf(this.knowledge, now_ms) }]);
  }
}
