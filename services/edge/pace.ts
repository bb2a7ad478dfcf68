import type { Clock, EpochMs } from "@yardline/domain/time";
import type { Wanted } from "@yardline/sources/video/packet-choice";
import { Attention } from "./attention.ts";
import { DEADLINE_MS } from "./detector-share.ts";
import type { WatchingMode } from "./mode-times.ts";
import type { Load } from "./reduced-watching.ts";
import type { Watched } from "./watching.ts";

/** Of a camera watched by key frames only a picture is looked at this often at most, also where all have to be decoded. */
const REDUCED_EVERY_MS = 900;
/** What comes late so soon after a camera began is late because much begins at once. */
const SETTLE_MS = 5_000;

/** How closely one camera is watched now, and how many of its pictures were missed. */
export class Pace {
  readonly #clock: Clock;
  readonly #attention = new Attention();
  #wanted_from_ms: EpochMs = Number.NEGATIVE_INFINITY;
  #moved_ms = Number.NEGATIVE_INFINITY;
  #load: Load = { wanted: 0, missed: 0 };
  #began_ms: number;
  reduced = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#began_ms = clock.monotonic_ms();
  }

  /** The camera is there, or there again. */
  begin(): void {
    this.#began_ms = this.#clock.monotonic_ms();
  }

  /** When something moved last, on the monotonic clock. */
  get moved_ms(): number {
    return this.#moved_ms;
  }

  get mode(): Exclude<WatchingMode, "lost"> {
    if (this.reduced) return "reduced";
    return this.#attention.active ? "active" : "idle";
  }

  get wanted(): Wanted {
    return WANTED[this.mode];
  }

  /** A picture came. @returns whether it is to be looked at. */
  wants(at_ms: EpochMs): boolean {
    if (this.reduced && at_ms < this.#wanted_from_ms) return false;
    this.#wanted_from_ms = at_ms + REDUCED_EVERY_MS;
    this.#count({ wanted: 1, missed: Number(this.#clock.now_ms() - at_ms > DEADLINE_MS) });
    return true;
  }

  /** One that was wanted is not looked at: its time passed while it waited. */
  missed(): void {
    this.#count({ wanted: 0, missed: 1 });
  }

  #count({ wanted, missed }: Load): void {
    if (this.#clock.monotonic_ms() - this.#began_ms < SETTLE_MS) return;
    this.#load = { wanted: this.#load.wanted + wanted, missed: this.#load.missed + missed };
  }

  take(watched: Watched): void {
    this.#attention.take(watched);
    if (this.#attention.active) this.#moved_ms = this.#clock.monotonic_ms();
  }

  /** Since the last time that this was asked. */
  takeLoad(): Load {
    const load = this.#load;
    this.#load = { wanted: 0, missed: 0 };
    return load;
  }
}

const WANTED = { idle: "one-a-second", active: "every", reduced: "key-frames" } as const;
