/** What of a video element a step needs. */
type Stepped = Pick<HTMLVideoElement, "currentTime" | "duration" | "addEventListener">;

export type Stepper = {
  /** A picture is shown, of this second of the clip. */
  saw(media_s: number): void;
  /** Resolves when the next picture is shown, or the one before, or there is none. */
  step(video: Stepped, by: 1 | -1): Promise<void>;
};

/** Until pictures have told it: 25 a second. */
const PICTURE_S = 0.04;
const PICTURE_S_MIN = 0.005;
/** One picture in five seconds is the slowest camera that is recorded. */
const PICTURE_S_MAX = 5;
/** A longer picture is found by looking farther: by the shortest that is known, so that none is passed over, and faster while none is. */
const TRIES_MAX = 50;
const GROWTH = 1.5;
/** A picture is shown so soon after its time was reached. */
const SHOWN_MS = 60;

/** Steps from picture to picture, whatever their rate: it learns their length from those that are shown. */
export function createStepper(wait: (ms: number) => Promise<void> = delay): Stepper {
  let shown_s = 0;
  let known_s: number | undefined;
  let stepping = false;

  function learn(between_s: number): void {
    if (between_s < PICTURE_S_MIN || between_s > PICTURE_S_MAX) return;
    known_s = Math.min(known_s ?? PICTURE_S_MAX, between_s);
  }

  return {
    saw(media_s) {
      // At eight times not every picture is shown: the shortest distance is the length.
      if (!stepping) learn(media_s - shown_s);
      shown_s = media_s;
    },
    async step(video, by) {
      if (stepping) return;
      stepping = true;
      const from_s = shown_s;
      await search(video, from_s, by);
      if (by > 0) learn(shown_s - from_s);
      stepping = false;
    },
  };

  /** Looks farther and farther until another picture is shown, or there is none. */
  async function search(video: Stepped, from_s: number, by: 1 | -1): Promise<void> {
    // The middle of a picture leads to it, however its edges are rounded.
    let ahead_s = (known_s ?? PICTURE_S) * (by > 0 ? 1.5 : 0.5);
    for (let tries = 0; tries < TRIES_MAX && shown_s === from_s; tries++) {
      const to_s = from_s + by * ahead_s;
      await jump(video, Math.min(Math.max(0, to_s), video.duration));
      await wait(SHOWN_MS);
      if (to_s <= 0 || to_s >= video.duration) return;
      ahead_s = known_s === undefined ? ahead_s * GROWTH : ahead_s + known_s * 0.9;
    }
  }
}

async function jump(video: Stepped, to_s: number): Promise<void> {
  video.currentTime = to_s;
  await new Promise((done) => video.addEventListener("seeked", done, { once: true }));
}

function delay(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
