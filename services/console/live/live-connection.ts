import { wait_ms } from "../api/polling.ts";
import { createTownClock } from "./live-pace.ts";
import { isPlayable, LiveScreen } from "./live-screen.ts";
import { createLiveReader, type LiveMessage } from "./live-wire.ts";

/** How it is with one camera's live pictures. `captured_ms` and `age_ms` are of the picture that is shown. */
export type LiveState =
  | { readonly kind: "waiting" }
  | { readonly kind: "playing"; readonly captured_ms: number; readonly age_ms: number }
  /** Nothing comes now; why, in the API's words for programs. */
  | { readonly kind: "none"; readonly why: string }
  /** This browser does not play its codec. */
  | { readonly kind: "unplayable"; readonly codec: string };

/** How it is with the connection: refused with a status and why, or 0 where there was no answer. */
export type LiveLine =
  | { readonly kind: "opening" }
  | { readonly kind: "open" }
  | { readonly kind: "refused"; readonly status: number; readonly why: string };

/** What is asked for: the address, and the cameras in the order in which they stand in it. */
type Question = { readonly path: string; readonly cameras: readonly string[] };

const PACE_MS = 200;
/** Pictures that are older, while others come, are late on the way: the line is opened anew, which drops what is still under way. */
const BEHIND_MS = 4_000;
const AGAIN_MS_MIN = 10_000;
const WAITING: LiveState = { kind: "waiting" };

/** The live pictures of one page: one connection for all cameras, opened again whenever it ends, or is asked for others. */
export class LiveConnection {
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  readonly #screens = new Map<string, LiveScreen>();
  readonly #clock = createTownClock();
  #states = new Map<string, LiveState>();
  #question: Question = { path: "", cameras: [] };
  #line: LiveLine = { kind: "opening" };
  #again = new AbortController();
  #opened_at_ms = 0;
  #failures = 0;

  /** @param changed told whenever something is another way than before. */
  constructor(changed: () => void) {
    this.#changed = changed;
    const pacing = setInterval(() => this.#keepPace(), PACE_MS);
    this.#stop.signal.addEventListener("abort", () => clearInterval(pacing), { once: true });
    void this.#run();
  }

  get line(): LiveLine {
    return this.#line;
  }

  stateOf(camera: string): LiveState {
    return this.#states.get(camera) ?? WAITING;
  }

  /** Other cameras, or none: an empty path. Those that stay go on where they are. */
  ask(question: Question): void {
    if (question.path === this.#question.path) return;
    this.#question = question;
    this.#states = new Map(question.cameras.map((camera) => [camera, this.stateOf(camera)]));
    this.#failures = 0;
    this.#again.abort();
  }

  /** Shows a camera's pictures in an element; asked before its camera is. @returns how to end that. */
  show(camera: string, video: HTMLVideoElement): () => void {
    const screen = new LiveScreen(video);
    this.#screens.set(camera, screen);
    return () => {
      if (this.#screens.get(camera) === screen) this.#screens.delete(camera);
      screen.close();
    };
  }

  close(): void {
    this.#stop.abort();
    this.#again.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const again = new AbortController();
      this.#again = again;
      const line = this.#question.path === "" ? undefined : await this.#read(again.signal);
      if (again.signal.aborted) continue;
      if (line) {
        this.#failures += 1;
        this.#become(line);
      }
      const until = line
        ? AbortSignal.any([again.signal, AbortSignal.timeout(wait_ms(0, this.#failures))])
        : again.signal;
      await new Promise((done) => until.addEventListener("abort", done, { once: true }));
    }
  }

  /** Reads one answer until it ends. @returns how it is then. */
  async #read(signal: AbortSignal): Promise<LiveLine> {
    try {
      const response = await fetch(this.#question.path, { signal, cache: "no-store" });
      if (!response.ok || !response.body) {
        const problem: { type?: string } = await response.json().catch(() => ({}));
        return { kind: "refused", status: response.status, why: problem.type?.split(":").at(-1) ?? "" };
      }
      this.#opened_at_ms = Date.now();
      const read = createLiveReader();
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        for (const message of read(part.value)) this.#take(message);
      }
      return { kind: "opening" };
    } catch {
      return { kind: "refused", status: 0, why: "" };
    }
  }

  #take(message: LiveMessage): void {
    if ("sent_ms" in message) this.#clock.heard(message.sent_ms, Date.now());
    if (this.#line.kind !== "open") this.#become({ kind: "open" });
    this.#failures = 0;
    if (message.kind === "time") return;
    const camera = this.#question.cameras[message.camera];
    if (camera === undefined) return;
    if (message.kind === "none") this.#set(camera, { kind: "none", why: message.why });
    else if (message.kind === "opened") this.#open(camera, message.codec);
    else if (this.stateOf(camera).kind !== "unplayable") this.#screens.get(camera)?.take(message);
  }

  #open(camera: string, codec: string): void {
    if (!isPlayable(codec)) {
      this.#set(camera, { kind: "unplayable", codec });
      return;
    }
    this.#screens.get(camera)?.open(codec);
    if (this.stateOf(camera).kind !== "playing") this.#set(camera, WAITING);
  }

  #keepPace(): void {
    const now_ms = this.#clock.now_ms(Date.now());
    for (const [camera, screen] of this.#screens) {
      screen.keepPace();
      const { captured_ms } = screen;
      const { kind } = this.stateOf(camera);
      if ((kind !== "playing" && kind !== "waiting") || captured_ms === undefined || now_ms === undefined)
        continue;
      const age_ms = Math.max(0, now_ms - captured_ms);
      this.#set(camera, { kind: "playing", captured_ms, age_ms });
      const comes = performance.now() - screen.fed_at_ms < PACE_MS * 5;
      if (comes && age_ms > BEHIND_MS && Date.now() - this.#opened_at_ms > AGAIN_MS_MIN) this.#again.abort();
    }
  }

  #become(line: LiveLine): void {
    this.#line = line;
    this.#changed();
  }

  #set(camera: string, state: LiveState): void {
    const same = isSame(this.stateOf(camera), state);
    this.#states.set(camera, state);
    if (!same) this.#changed();
  }
}

/** Whether both look alike on the page, which shows seconds. */
function isSame(one: LiveState, other: LiveState): boolean {
  if (one.kind !== "playing" || other.kind !== "playing")
    return JSON.stringify(one) === JSON.stringify(other);
  const seconds = ({ captured_ms, age_ms }: typeof one) =>
    [captured_ms, age_ms].map((ms) => Math.floor(ms / 1000));
  return String(seconds(one)) === String(seconds(other));
}
