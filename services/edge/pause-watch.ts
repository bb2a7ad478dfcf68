import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { type Clock, isoOf } from "@yardline/domain/time";
import { cameraPaused } from "@yardline/events/camera-paused";
import { dataOf } from "@yardline/events/event-type";
import type { Producer } from "@yardline/records/open-occurrences";
import type { Pause } from "@yardline/records/pauses";
import type { Said } from "@yardline/records/revise";
import { cameraPausedOn, pausesUnread, pausesUntold } from "@yardline/telemetry/pauses";
import type { Logger } from "pino";

/** Another process may be the one that pauses: what is on record is looked up so often. */
const LOOK_EVERY_MS = 1_000;

/** A camera as far as its pauses go. */
export type Pausable = { heedPause(pause: Pause | undefined): void };

export type PauseParts = {
  /** What is on record now. */
  findPauses(): Promise<ReadonlyMap<string, Pause>>;
  readonly producer: Pick<Producer, "state" | "listOpen">;
  readonly clock: Pick<Clock, "now_ms">;
  readonly log: Logger;
};

/** Sees to it that cameras heed their pauses, and tells them as events. */
export class PauseWatch {
  readonly #cameras: ReadonlyMap<string, Pausable>;
  readonly #parts: PauseParts;
  #heeded: ReadonlyMap<string, Pause> = new Map();
  /** What was told as events. */
  #told: ReadonlyMap<string, Pause> = new Map();
  #looking: Promise<void> = Promise.resolve();
  #telling: Promise<void> | undefined;

  constructor(cameras: ReadonlyMap<string, Pausable>, parts: PauseParts) {
    this.#cameras = cameras;
    this.#parts = parts;
  }

  /**
   * Reads what is on record, and has it heeded, before it resolves.
   * @throws AppError as `findPauses` does; then every camera goes on as it was.
   */
  async look(): Promise<void> {
    // One after the other: what was read first must not be heeded last.
    const looking = this.#looking.then(() => this.#read());
    this.#looking = looking.catch(() => undefined);
    await looking;
  }

  /** Looks again and again until `signal` aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      await this.look().catch((thrown: unknown) => {
        if (!(thrown instanceof AppError)) throw thrown;
        pausesUnread(this.#parts.log, thrown);
      });
    }
    await this.#telling;
  }

  async #read(): Promise<void> {
    const held = await this.#parts.findPauses();
    const before = this.#heeded;
    this.#heeded = held;
    for (const [id, camera] of this.#cameras) {
      const pause = held.get(id);
      camera.heedPause(pause);
      if (pause && !before.has(id)) cameraPausedOn(this.#parts.log, id);
    }
    // The bus may be away: a pause waits for nothing.
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
  }

  /** What cannot be told now is told after the next look. */
  async #tell(): Promise<void> {
    const held = this.#heeded;
    const said = [...this.#over(held), ...this.#begun(held)];
    try {
      if (said.length > 0) await this.#parts.producer.state(said);
      this.#told = held;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      pausesUntold(this.#parts.log, thrown);
    }
  }

  /** What is told as going on, also from before a restart, and does not. */
  #over(held: ReadonlyMap<string, Pause>): Said[] {
    const now_ms = this.#parts.clock.now_ms();
    return this.#parts.producer.listOpen().flatMap((event) => {
      const data = dataOf(cameraPaused, event);
      if (!data || !this.#cameras.has(data.camera)) return [];
      const pause = held.get(data.camera);
      if (pause && isoOf(pause.from_ms) === data.since) return [];
      const planned_ms = Date.parse(data.planned_until);
      const ended = planned_ms <= now_ms ? "over" : "resumed";
      return [saidOf({ ...data, until: isoOf(Math.min(planned_ms, now_ms)), ended }, "closed")];
    });
  }

  #begun(held: ReadonlyMap<string, Pause>): Said[] {
    return [...this.#cameras.keys()].flatMap((camera) => {
      const [pause, before] = [held.get(camera), this.#told.get(camera)];
      if (!pause || (before?.from_ms === pause.from_ms && before.until_ms === pause.until_ms)) return [];
      const data = { camera, since: isoOf(pause.from_ms), planned_until: isoOf(pause.until_ms) };
      return [saidOf(data, before?.from_ms === pause.from_ms ? "updated" : "open")];
    });
  }
}

function saidOf(
  data: Readonly<Record<string, unknown>> & { readonly camera: string },
  state: Said["state"],
): Said {
  return { eventType: cameraPaused, source: `camera/${data.camera}`, data, state, severity: "info" };
}
