import type { EpochMs } from "@yardline/domain/time";
import type { Init, Packet } from "./fragments.ts";
import { GOP_BYTES_MAX, GOP_PACKETS_MAX } from "./gop-ring.ts";

/** Where one connection's pictures go for whoever looks on now: only what may be shown, in the order of decoding. */
export type LiveTap = {
  /** The head of what follows. */
  open(init: Init): void;
  push(packet: Packet, captured_ms: EpochMs): void;
  /** Nothing more comes of it, and what is there is not shown any more. */
  close(): void;
};

/** What somebody who looks on is given: a head, the pictures that it holds for, and when there are none any more. */
export type LivePiece =
  | { readonly kind: "opened"; readonly init: Init }
  | { readonly kind: "picture"; readonly packet: Packet; readonly captured_ms: EpochMs }
  | { readonly kind: "ended" };

export type LiveListener = {
  /** The next piece; undefined until there is one. Whoever comes too late goes on with the newest key frame. */
  take(): LivePiece | undefined;
  leave(): void;
};

type Picture = Extract<LivePiece, { kind: "picture" }>;
/** A key frame and what needs it. */
type Group = { readonly init: Init; readonly pictures: Picture[]; bytes: number };

/** The group under way, and the one before it for whoever has not taken its end yet. */
const GROUPS_MAX = 2;

/**
 * The newest pictures of one stream. Whoever listens holds no more than a place in them and takes them at their own pace: a slow one loses
 * pictures, costs no memory, and holds nobody up.
 */
export class LiveStream {
  readonly #listeners = new Set<() => void>();
  #groups: readonly Group[] = [];
  #init: Init | undefined;

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Sample entry of what comes now, as in `Init`; undefined while nothing does. */
  get codec(): string | undefined {
    return this.#init?.codec;
  }

  /** The way in for one session of watching: as soon as `signal` aborts nothing of it is there any more. */
  tap(signal: AbortSignal): LiveTap {
    const close = () => this.#close();
    signal.addEventListener("abort", close, { once: true });
    const alive = (work: () => void) => {
      if (!signal.aborted) work();
    };
    return {
      open: (init) => alive(() => this.#open(init)),
      push: (packet, captured_ms) => alive(() => this.#push(packet, captured_ms)),
      close: () => alive(close),
    };
  }

  /**
   * @param wake called whenever there may be something to take; it must not wait.
   * @param onLost told how many pictures were lost to coming too late.
   */
  listen(wake: () => void, onLost: (pictures: number) => void): LiveListener {
    let [group, at]: [Group | undefined, number] = [undefined, 0];
    let init: Init | undefined;
    // Each listener is one, also where two wake alike.
    const own = () => wake();
    this.#listeners.add(own);

    const move = (): void => {
      const here = group ? this.#groups.indexOf(group) : -1;
      if (group && here >= 0 && (at < group.pictures.length || here === this.#groups.length - 1)) return;
      if (group && here < 0) onLost(Math.max(1, group.pictures.length - at));
      group = here >= 0 ? this.#groups[here + 1] : this.#groups.at(-1);
      at = 0;
    };

    return {
      take: () => {
        if (this.#groups.length === 0) {
          const ended = init !== undefined;
          [group, at, init] = [undefined, 0, undefined];
          return ended ? { kind: "ended" } : undefined;
        }
        move();
        if (!group) return undefined;
        if (group.init !== init) {
          init = group.init;
          return { kind: "opened", init };
        }
        const picture = group.pictures[at];
        if (picture) at++;
        return picture;
      },
      leave: () => void this.#listeners.delete(own),
    };
  }

  #open(init: Init): void {
    this.#init = init;
  }

  #push(packet: Packet, captured_ms: EpochMs): void {
    const init = this.#init;
    if (!init) return;
    const picture: Picture = { kind: "picture", packet, captured_ms };
    const newest = this.#groups.at(-1);
    if (packet.key) {
      const group = { init, pictures: [picture], bytes: packet.data.length };
      this.#groups = [...this.#groups, group].slice(-GROUPS_MAX);
    } else if (newest && newest.init === init) {
      newest.pictures.push(picture);
      newest.bytes += packet.data.length;
      // Without its beginning the rest is no use: everybody waits for the next key frame.
      if (newest.bytes > GOP_BYTES_MAX || newest.pictures.length > GOP_PACKETS_MAX) this.#groups = [];
    } else return;
    this.#wake();
  }

  #close(): void {
    this.#init = undefined;
    if (this.#groups.length === 0) return;
    this.#groups = [];
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#listeners) wake();
  }
}
