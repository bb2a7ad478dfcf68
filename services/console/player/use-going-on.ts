import { type RefObject, useEffect, useRef } from "react";
import { offsetAt, type Stretch, timeAt } from "./clip-time.ts";
import type { Video } from "./use-video.ts";

/**
 * When a wider clip takes the place of one, it goes on where that was: the same time of day, as fast, playing or standing.
 * @returns the time of day that is shown, epoch ms.
 */
export function useGoingOn(
  element: RefObject<HTMLVideoElement | null>,
  { at_s, playing, speed }: Pick<Video, "at_s" | "playing" | "speed">,
  src: string,
  stretches: readonly Stretch[],
): number {
  const before = useRef({ src, at_ms: 0, playing: false, speed });
  const isSame = before.current.src === src;
  const at_ms = isSame ? timeAt(stretches, at_s) : before.current.at_ms;

  useEffect(() => {
    if (isSame) before.current = { src, at_ms, playing, speed };
  });
  useEffect(() => {
    const video = element.current;
    const last = before.current;
    if (!video || last.src === src) return;
    const goOn = () => {
      video.currentTime = offsetAt(stretches, last.at_ms).offset_s;
      video.playbackRate = last.speed;
      if (last.playing) video.play().catch(() => undefined);
      before.current = { ...last, src };
    };
    video.addEventListener("loadedmetadata", goOn, { once: true });
    return () => video.removeEventListener("loadedmetadata", goOn);
  }, [element, src, stretches]);
  return at_ms;
}
