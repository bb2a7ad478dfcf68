import { ahead_s, paceOf } from "./live-pace.ts";
import type { LiveMessage } from "./live-wire.ts";

/** Pictures that may wait for the player: of more, all are dropped until the next head or the server's next key frame. */
const WAITING_MAX = 240;
const FRESH_MS = 1_500;

/** Whether this browser plays a camera's pictures. */
export function isPlayable(codec: string): boolean {
  return typeof MediaSource !== "undefined" && codec !== "" && MediaSource.isTypeSupported(typeOf(codec));
}

function typeOf(codec: string): string {
  return `video/mp4; codecs="${codec}"`;
}

/** One camera's pictures in one video element, over any number of connections: each goes on where the last one stopped. */
export class LiveScreen {
  readonly video: HTMLVideoElement;
  readonly #source = new MediaSource();
  readonly #url: string;
  #buffer: SourceBuffer | undefined;
  #codec = "";
  #waiting: Uint8Array[] = [];
  /** The head came, and its first picture says where it goes in the player's time. */
  #head: Uint8Array | undefined;
  #moved: { readonly offset_s: number } | undefined;
  /** When the picture at that time of the player was taken. */
  #anchor: { readonly at_s: number; readonly captured_ms: number } | undefined;
  #stops = 0;
  /** When its newest picture came, by `performance.now()`. */
  fed_at_ms = Number.NEGATIVE_INFINITY;
  #opened_at_ms = Number.NEGATIVE_INFINITY;

  constructor(video: HTMLVideoElement) {
    this.video = video;
    this.#url = URL.createObjectURL(this.#source);
    video.src = this.#url;
    this.#source.addEventListener("sourceopen", () => this.#feed());
    video.addEventListener("waiting", this.#stopped);
  }

  /** When the picture that is shown now was taken; undefined before the first one. */
  get captured_ms(): number | undefined {
    if (!this.#anchor || this.video.readyState < 2) return undefined;
    return this.#anchor.captured_ms + (this.video.currentTime - this.#anchor.at_s) * 1000;
  }

  open(codec: string): void {
    this.#codec = codec;
  }

  take(message: Extract<LiveMessage, { kind: "head" | "picture" }>): void {
    if (message.kind === "head") {
      this.#waiting = [];
      this.#head = message.data;
      this.#opened_at_ms = performance.now();
      return;
    }
    if (this.#head) {
      this.#moved = { offset_s: this.#end_s() - message.pts_ms / 1000 };
      this.#waiting.push(this.#head);
      this.#head = undefined;
    }
    if (!this.#moved && !this.#buffer) return;
    this.#waiting.push(message.data);
    if (this.#waiting.length > WAITING_MAX) this.#waiting = [];
    const at_s = message.pts_ms / 1000 + (this.#moved?.offset_s ?? this.#buffer?.timestampOffset ?? 0);
    this.#anchor = { at_s, captured_ms: message.captured_ms };
    this.fed_at_ms = performance.now();
    this.#feed();
  }

  /** Keeps to the newest pictures; asked a few times a second. */
  keepPace(): void {
    const { video } = this;
    const { buffered, currentTime } = video;
    const ranges = Array.from(
      { length: buffered.length },
      (_, at) => [buffered.start(at), buffered.end(at)] as const,
    );
    const fresh = performance.now() - this.#opened_at_ms < FRESH_MS;
    const { seek_s, rate, forget_s } = paceOf(currentTime, ranges, ahead_s(this.#stops), fresh);
    if (seek_s !== undefined) video.currentTime = seek_s;
    if (video.playbackRate !== rate) video.playbackRate = rate;
    if (video.paused && ranges.length > 0) video.play().catch(() => undefined);
    if (forget_s !== undefined && this.#buffer && !this.#buffer.updating) this.#buffer.remove(0, forget_s);
  }

  close(): void {
    this.video.removeEventListener("waiting", this.#stopped);
    this.video.removeAttribute("src");
    this.video.load();
    URL.revokeObjectURL(this.#url);
  }

  readonly #stopped = (): void => {
    if (this.#anchor) this.#stops += 1;
  };

  #end_s(): number {
    const buffered = this.#buffer?.buffered;
    return buffered && buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
  }

  /** Gives the player what waits, whenever it takes something. */
  #feed(): void {
    if (this.#source.readyState !== "open" || this.#waiting.length === 0 || this.#buffer?.updating) return;
    const buffer = this.#buffer ?? this.#begun();
    if (this.#moved) {
      buffer.abort();
      buffer.changeType(typeOf(this.#codec));
      buffer.timestampOffset = this.#moved.offset_s;
      this.#moved = undefined;
    }
    const bytes = joined(this.#waiting);
    this.#waiting = [];
    try {
      buffer.appendBuffer(bytes);
    } catch {
      // The player is full, or has failed: what is played goes, and the next key frame begins anew.
      if (this.video.currentTime > 1) buffer.remove(0, this.video.currentTime - 1);
    }
  }

  #begun(): SourceBuffer {
    const buffer = this.#source.addSourceBuffer(typeOf(this.#codec));
    buffer.addEventListener("updateend", () => this.#feed());
    this.#buffer = buffer;
    return buffer;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
