import type { CameraStatus } from "@yardline/api/camera-parts";
import type { EpochMs } from "@yardline/domain/time";
import type { StreamChange, StreamName } from "@yardline/sources/video/watch-camera";

export const STREAMS: readonly StreamName[] = ["main", "sub"];

const REASONS = {
  ended: "the connection ended",
  silent: "the camera is silent",
  refused: "the camera refuses the connection; check its address, user name and password",
  frozen: "the picture is frozen",
  "not-video": "what comes is not video; check the address",
  "mask-broken": "the mask must be rebuilt",
} as const;
const LOSSES = [
  "ended",
  "silent",
  "refused",
  "frozen",
  "not-video",
  "mask-broken",
] as const satisfies (keyof typeof REASONS)[];

/** Which loss a camera's status tells of; undefined where it tells of none. */
export function lossOf(reason: string | undefined): keyof typeof REASONS | undefined {
  return LOSSES.find((loss) => REASONS[loss] === reason);
}

type State = {
  readonly state: Extract<CameraStatus["state"], "watching" | "lost">;
  readonly reason?: string;
  readonly since_ms?: EpochMs;
};

/** How a camera is, by how its streams are: it is lost when there is none left to look at. */
export class StreamStates {
  readonly #lost = new Map<StreamName | undefined, Extract<StreamChange, { kind: "lost" }>>();

  take(change: StreamChange): State {
    const { stream } = change;
    if (change.kind === "lost") this.#lost.set(stream, change);
    else this.#lost.delete(stream);
    const [main, sub] = STREAMS.map((name) => this.#lost.get(name));
    // Where both are, it is since the later of the two that nobody looks.
    const lost = this.#lost.get(undefined) ?? (main && sub && (main.since_ms > sub.since_ms ? main : sub));
    if (lost) return { state: "lost", reason: REASONS[lost.why], since_ms: lost.since_ms };
    if (!sub) return { state: "watching" };
    return {
      state: "watching",
      reason: `its sub stream is lost (${REASONS[sub.why]}): the main one is looked at`,
    };
  }

  /** Why nothing is recorded though something is seen, for the camera's status; nothing while all is well. */
  trouble(): { readonly recording_trouble?: string } {
    const main = this.#lost.get("main");
    return main ? { recording_trouble: `Its main stream is lost: ${REASONS[main.why]}` } : {};
  }
}
