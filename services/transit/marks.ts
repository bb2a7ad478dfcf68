import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";

/** How far back positions are read again after a restart: what a vehicle's journal holds at a fix each five seconds. */
const REREAD_MS = 8 * 3_600_000;
/** A place on the bus is noted so often. */
const MARK_EVERY_MS = 30 * 60_000;

const KIND = "transit-mark";
const ID = "positions";

/** Where on the bus we were at some time. */
type Mark = {
  readonly at_ms: EpochMs;
  readonly position: string;
  /** True for the very first one: nothing was taken in before it. */
  readonly first: boolean;
};

/** Places on the bus, noted as we go, so that a new process can read the last hours again. */
export class Marks {
  readonly #records: Pick<Records, "find" | "write">;
  #marks: readonly Mark[];

  private constructor(records: Pick<Records, "find" | "write">, marks: readonly Mark[]) {
    this.#records = records;
    this.#marks = marks;
  }

  static async open(records: Pick<Records, "find" | "write">): Promise<Marks> {
    const row = await records.find(KIND, ID);
    return new Marks(records, Array.isArray(row?.value) ? row.value.map(markOf) : []);
  }

  /** From where to read again; undefined before anything was taken in. */
  get start(): Mark | undefined {
    return this.#marks[0];
  }

  /** Notes that everything up to a position is taken in. */
  async note(position: string, now_ms: EpochMs): Promise<void> {
    const last = this.#marks.at(-1);
    if (last && now_ms - last.at_ms < MARK_EVERY_MS) return;
    const mark = { at_ms: now_ms, position, first: last === undefined };
    const kept = this.#marks.findLastIndex(({ at_ms }) => at_ms <= now_ms - REREAD_MS);
    const marks = [...this.#marks.slice(Math.max(0, kept)), mark];
    await this.#records.write([{ kind: KIND, id: ID, value: marks }]);
    this.#marks = marks;
  }
}

function markOf(value: unknown): Mark {
  const { at_ms, position, first } = Object(value);
  return { at_ms: Number(at_ms), position: String(position), first: first === true };
}
