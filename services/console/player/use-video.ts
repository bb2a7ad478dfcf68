import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Speed } from "./steer.ts";
import { createStepper } from "./stepper.ts";

/** One video element as the player leads it. Times are seconds of the clip. */
export type Video = {
  readonly at_s: number;
  readonly playing: boolean;
  readonly speed: Speed;
  toggle(): void;
  pause(): void;
  seek(to_s: number): void;
  /** To the next picture, or the one before. */
  step(by: 1 | -1): void;
  hurry(speed: Speed): void;
};

/** How often the page hears where a playing clip is. */
const TOLD_MS = 100;

export function useVideo(element: RefObject<HTMLVideoElement | null>): Video {
  const [at_s, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const stepper = useRef(createStepper());
  // While a jump is under way only the newest wish is kept: a dragged handle asks for hundreds.
  const wish = useRef<number>(undefined);

  useEffect(() => {
    const video = element.current;
    if (!video) return;
    const stop = new AbortController();
    const { signal } = stop;
    const told = () => setAt(video.currentTime);
    const jumped = () => {
      if (wish.current !== undefined && wish.current !== video.currentTime) video.currentTime = wish.current;
      wish.current = undefined;
      told();
    };
    for (const [name, work] of [
      ["play", () => setPlaying(true)],
      ["pause", () => setPlaying(false)],
      ["ended", () => setPlaying(false)],
      ["timeupdate", told],
      ["seeked", jumped],
    ] as const) {
      video.addEventListener(name, work, { signal });
    }
    let [call, last_ms] = [0, 0];
    const onPicture = (now_ms: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      stepper.current.saw(mediaTime);
      if (now_ms - last_ms >= TOLD_MS) {
        last_ms = now_ms;
        setAt(mediaTime);
      }
      call = video.requestVideoFrameCallback(onPicture);
    };
    call = video.requestVideoFrameCallback(onPicture);
    return () => {
      stop.abort();
      video.cancelVideoFrameCallback(call);
    };
  }, [element]);

  const seek = useCallback(
    (to_s: number) => {
      const video = element.current;
      if (!video) return;
      const within_s = Math.min(Math.max(0, to_s), Number.isFinite(video.duration) ? video.duration : to_s);
      setAt(within_s);
      if (video.seeking) wish.current = within_s;
      else video.currentTime = within_s;
    },
    [element],
  );
  const toggle = useCallback(() => {
    const video = element.current;
    if (!video) return;
    if (!video.paused) video.pause();
    else video.play().catch(() => undefined);
  }, [element]);
  const pause = useCallback(() => element.current?.pause(), [element]);
  const step = useCallback(
    (by: 1 | -1) => {
      const video = element.current;
      if (!video) return;
      video.pause();
      void stepper.current.step(video, by);
    },
    [element],
  );
  const hurry = useCallback(
    (next: Speed) => {
      setSpeed(next);
      if (element.current) element.current.playbackRate = next;
    },
    [element],
  );
  return useMemo(
    () => ({ at_s, playing, speed, toggle, pause, seek, step, hurry }),
    [at_s, playing, speed, toggle, pause, seek, step, hurry],
  );
}
