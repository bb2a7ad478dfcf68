import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { admitOrder } from "@yardline/operations/admit";
import { forgetCancelled } from "@yardline/operations/cancelled-runs";
import { changesBetween, type OrderChange } from "@yardline/operations/changes";
import { type InForce, inForce } from "@yardline/operations/in-force";
import { type AskedOrder, type Duty, type Order, standingOf } from "@yardline/operations/order";
import { appendOrder, HEADS_KIND, LOG_ID, type OrderLog, readOrderLog } from "@yardline/operations/order-log";
import { ALL_HIDDEN, ALL_SHOWN, PublicPositions } from "@yardline/privacy/public-positions";
import type { Records } from "@yardline/records/records";
import { transitTroubled } from "@yardline/telemetry/transit";
import type { Timetable } from "@yardline/timetable/timetable";
import type { Logger } from "pino";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";

/** What another process orders or decides is in effect here after so long. */
const LOOK_EVERY_MS = 2_000;
/** Whoever could not look for so long does not know what was decided: positions are then hidden. In effect within 30 s is a promise. */
const STALE_MS = 20_000;
/** Dispatchers who order at the same moment are taken one after the other. */
const TRIES_MAX = 5;

const POLICY_ID = "public-positions";

/** What was decided about live positions, by whom and why. Kept in Records. */
const Decided = Type.Object({
  policy: PublicPositions,
  by: Type.String(),
  why: Type.String(),
  at: Type.String(),
});
type Decided = Static<typeof Decided>;

/** `revision` 0: nobody decided anything yet, and everything is shown. */
export type PolicyState = { readonly revision: number; readonly decided: Decided | undefined };

type Store = Pick<Records, "find" | "findAll" | "list" | "write" | "dropBefore">;
type Settings = {
  readonly records: Store;
  /** The timetables that are followed, whichever those are by then. */
  readonly network: { readonly timetables: readonly Timetable[] };
  readonly clock: Clock;
  readonly log: Logger;
};

/** What people ordered and decided, as Records have it now. */
export class Operations {
  readonly #settings: Settings;
  #log: OrderLog = { revision: 0, orders: [] };
  #orders: InForce;
  #policy: PolicyState = { revision: 0, decided: undefined };
  #readable = true;
  #fresh: NodeJS.Timeout | undefined;
  #stale = false;
  #changes: OrderChange[] = [];

  private constructor(settings: Settings) {
    this.#settings = settings;
    this.#orders = inForce([], settings.network.timetables);
  }

  /** Reads everything, then looks again and again until `signal` aborts. @throws AppError of Records. */
  static async open(settings: Settings, signal: AbortSignal): Promise<Operations> {
    const operations = new Operations(settings);
    await operations.look();
    operations.#changes = [];
    const timer = setInterval(() => void operations.#lookAgain(), LOOK_EVERY_MS);
    // A town that is stopped while it starts must end, too.
    if (signal.aborted) operations.#end(timer);
    else signal.addEventListener("abort", () => operations.#end(timer), { once: true });
    return operations;
  }

  get orders(): InForce {
    return this.#orders;
  }

  /** The same orders, read by the timetables that are followed now. */
  ordersAnew(): InForce {
    this.#orders = inForce(this.#orders.standing, this.#settings.network.timetables);
    return this.#orders;
  }

  get log(): OrderLog {
    return this.#log;
  }

  /** What the public may see; nothing while we cannot know what was decided. */
  get policy(): PublicPositions {
    if (this.#stale || !this.#readable) return ALL_HIDDEN;
    return this.#policy.decided?.policy ?? ALL_SHOWN;
  }

  get policyState(): PolicyState {
    return this.#policy;
  }

  /** What changed about who drives what since this was last asked. */
  takeChanges(): readonly OrderChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Takes over what Records have. @throws AppError of Records. */
  async look(): Promise<void> {
    const { records, network } = this.#settings;
    const heads = new Map(
      (await records.findAll(HEADS_KIND, [LOG_ID, POLICY_ID])).map((row) => [row.id, row]),
    );
    const policy = heads.get(POLICY_ID);
    if (policy && policy.revision !== this.#policy.revision) {
      this.#readable = Value.Check(Decided, policy.value);
      if (Value.Check(Decided, policy.value))
        this.#policy = { revision: policy.revision, decided: policy.value };
    }
    if ((heads.get(LOG_ID)?.revision ?? 0) > this.#log.revision) {
      const log = await readOrderLog(records);
      // Two looks at once may overtake each other.
      if (log.revision > this.#log.revision) {
        const standing = standingOf(log.orders);
        this.#changes.push(...changesBetween(this.#orders.standing, standing));
        this.#log = log;
        this.#orders = inForce(standing, network.timetables);
      }
    }
    this.#stale = false;
    clearTimeout(this.#fresh);
    this.#fresh = setTimeout(() => (this.#stale = true), STALE_MS).unref();
  }

  /**
   * Judges an order by what stands now, and writes it down.
   * @throws AppError `ORDERS_CHANGED` when the person had seen an older list, or too many order at once; those of `admitOrder` and Records.
   */
  async order(asked: AskedOrder, findDriven: (vehicle_id: string) => Duty | undefined): Promise<Order> {
    const { records, network, clock } = this.#settings;
    // Before anything is written: what fails afterwards would make a given order look refused.
    await forgetCancelled(records, clock.now_ms());
    for (let tries = 1; ; tries += 1) {
      const log = await readOrderLog(records);
      if (asked.seen_revision !== undefined && asked.seen_revision !== log.revision)
        throw changedMeanwhile(log);
      const now_ms = clock.now_ms();
      const order = admitOrder(asked, {
        timetables: network.timetables,
        log: log.orders,
        now_ms,
        findDriven,
      });
      try {
        const written = await appendOrder(records, log, order, now_ms);
        await this.look();
        return written;
      } catch (thrown) {
        const conflict = thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT";
        if (!conflict) throw thrown;
        if (tries >= TRIES_MAX) throw changedMeanwhile(log);
      }
    }
  }

  /** @throws AppError `POLICY_CHANGED` when it is at another revision than the person saw; those of Records. */
  async decide(decided: Omit<Decided, "at">, seen_revision: number): Promise<PolicyState> {
    const { records, clock } = this.#settings;
    const value: Decided = { ...decided, at: isoOf(clock.now_ms()) };
    try {
      await records.write([{ kind: HEADS_KIND, id: POLICY_ID, expected: seen_revision, value }]);
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT")) throw thrown;
      const message =
        "Somebody decided about live positions meanwhile. Read what holds now, then decide again.";
      throw new AppError("POLICY_CHANGED", message, { cause: thrown });
    }
    await this.look();
    return this.#policy;
  }

  #troubled = false;

  async #lookAgain(): Promise<void> {
    try {
      await this.look();
      this.#troubled = false;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (!this.#troubled) transitTroubled(this.#settings.log, thrown.code, thrown.message);
      this.#troubled = true;
    }
  }

  #end(timer: NodeJS.Timeout): void {
    clearInterval(timer);
    clearTimeout(this.#fresh);
  }
}

function changedMeanwhile({ orders }: OrderLog): AppError {
  const last = orders.at(-1);
  const who = last ? `${last.by} gave order ${last.id} at ${last.at}` : "Orders were given";
  return new AppError(
    "ORDERS_CHANGED",
    `${who} meanwhile. Read the orders again, then give yours if it still makes sense.`,
  );
}
