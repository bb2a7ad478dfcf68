import type { DetectOptions, Detector } from "@yardline/detection/detector";
import type { Detection } from "@yardline/domain/detection";
import { AppError } from "@yardline/domain/errors";
import type { Picture } from "@yardline/domain/picture";
import type { Clock, EpochMs } from "@yardline/domain/time";
import { CHARGE_MS_MAX, charge, NO_TURNS, nextTurn, settle, type TurnLedger } from "./fair-turns.ts";

/** A picture older than this when its turn comes is not looked at any more: a newer one of its camera is. */
export const DEADLINE_MS = 2_000;
/** However old it was when it was asked for: a camera whose pictures all come late is looked at, too. */
const PATIENCE_MS_MIN = 500;
/** Calls of one camera that wait, as for several parts of one picture; a further one takes the place of the oldest. */
export const CALLS_MAX = 8;
/** After this long nobody waits for an answer any more; what holds the detector up is its own to settle. */
const ANSWER_MS_MAX = 5_000;
/** What a call is taken to cost before the first one has ended, and how fast that is forgotten. */
const CALL_MS = 30;
const CALL_SHARE = 0.1;

/** One camera's place at the detector. */
export type Seat = {
  readonly detector: Detector;
  /** What is asked next is about a picture of this time. */
  expect(at_ms: EpochMs): void;
};

type Call = {
  readonly camera: string;
  readonly deadline_ms: number;
  readonly asked_ms: number;
  start(signal: AbortSignal): Promise<readonly Detection[]>;
  resolve(detections: readonly Detection[]): void;
  reject(reason: unknown): void;
};

type Settings = {
  /** Calls that the detectors work on at the same time: their threads. */
  readonly lanes: number;
  readonly clock: Clock;
  /** Told how long each call waited for its turn. */
  readonly onTurn?: (camera: string, waited_ms: number) => void;
};

/**
 * Shares the time of one detector, or of several on the same cores, among cameras: who waits where, and whose turn it is
 * (`fair-turns.ts`). Nothing waits inside a detector, so that no camera is behind another's queue.
 */
export class DetectorShare {
  readonly #settings: Settings;
  #waiting: readonly Call[] = [];
  #ledger: TurnLedger = NO_TURNS;
  #busy = 0;
  #call_ms = CALL_MS;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** A place for a camera. Its detector is one like any other; a picture whose time has passed is refused with `DETECTOR_BUSY`. */
  seat(camera: string, detector: Detector): Seat {
    const { clock } = this.#settings;
    let at_ms: EpochMs | undefined;
    return {
      expect(next_ms) {
        at_ms = next_ms;
      },
      detector: {
        detect: (picture, options) => {
          const left_ms = DEADLINE_MS - (clock.now_ms() - (at_ms ?? clock.now_ms()));
          return this.#ask(camera, detector, picture, options, Math.max(PATIENCE_MS_MIN, left_ms));
        },
        close: () => detector.close(),
      },
    };
  }

  async #ask(
    camera: string,
    detector: Detector,
    picture: Picture,
    options: DetectOptions = {},
    left_ms: number,
  ): Promise<readonly Detection[]> {
    const { signal: asked } = options;
    asked?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<readonly Detection[]>();
    const asked_ms = this.#settings.clock.monotonic_ms();
    const start = (limit: AbortSignal) =>
      detector.detect(picture, { ...options, signal: asked ? AbortSignal.any([asked, limit]) : limit });
    const call: Call = { camera, deadline_ms: asked_ms + left_ms, asked_ms, start, resolve, reject };
    const abort = () => this.#forget(call, asked?.reason);
    asked?.addEventListener("abort", abort, { once: true });
    this.#waiting = [...this.#waiting, call];
    const own = this.#waiting.filter((each) => each.camera === camera);
    if (own.length > CALLS_MAX && own[0]) this.#forget(own[0], busy("a newer picture took its place"));
    this.#hand();
    return promise.finally(() => asked?.removeEventListener("abort", abort));
  }

  #forget(call: Call, reason: unknown): void {
    this.#waiting = this.#waiting.filter((each) => each !== call);
    call.reject(reason);
  }

  /** Gives turns while a lane is free. */
  #hand(): void {
    const { lanes, clock } = this.#settings;
    while (this.#busy < lanes) {
      const now_ms = clock.monotonic_ms();
      const late = this.#waiting.filter(({ deadline_ms }) => deadline_ms < now_ms);
      for (const call of late) this.#forget(call, busy("its turn came too late"));
      const call = nextTurn(this.#ledger, this.#waiting);
      if (!call) return;
      void this.#serve(call, now_ms);
    }
  }

  async #serve(call: Call, began_ms: number): Promise<void> {
    const { clock, onTurn } = this.#settings;
    const { camera } = call;
    const likely_ms = this.#call_ms;
    this.#busy++;
    this.#ledger = charge(this.#ledger, this.#waiting, camera, likely_ms);
    this.#waiting = this.#waiting.filter((each) => each !== call);
    onTurn?.(camera, began_ms - call.asked_ms);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(busy("no answer in time")), ANSWER_MS_MAX);
    await call.start(limit.signal).then(call.resolve, call.reject);
    clearTimeout(timer);
    const cost_ms = clock.monotonic_ms() - began_ms;
    this.#busy--;
    this.#call_ms += CALL_SHARE * (Math.min(CHARGE_MS_MAX, cost_ms) - this.#call_ms);
    this.#ledger = settle(this.#ledger, camera, likely_ms, cost_ms);
    this.#hand();
  }
}

function busy(why: string): AppError {
  return new AppError("DETECTOR_BUSY", `the detector has too much to do: ${why}`, { retryable: true });
}
