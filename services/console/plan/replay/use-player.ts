import { useEffect, useRef, useState } from "react";

/** So many times as fast as it was. */
export const SPEEDS = [10, 30, 60, 120, 300] as const;
const FRAME_MS = 66;

export type Player = {
  readonly at_ms: number;
  readonly playing: boolean;
  readonly speed: number;
  toggle(): void;
  setSpeed(speed: number): void;
  seek(at_ms: number): void;
};

/**
 * The moment that is shown, which goes on while it plays, up to the last one that is here.
 * @param onRest where it came to rest: after a pause, or when somebody went elsewhere.
 */
export function usePlayer(
  first_ms: number,
  last_ms: number,
  begin_ms: number,
  onRest: (at_ms: number) => void,
): Player {
  const [at_ms, setAt] = useState(begin_ms);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(60);
  const end = useRef(last_ms);
  end.current = last_ms;
  useEffect(() => {
    if (!playing) return;
    let before_ms = performance.now();
    const timer = setInterval(() => {
      const now_ms = performance.now();
      const passed_ms = (now_ms - before_ms) * speed;
      before_ms = now_ms;
      setAt((at) => Math.min(end.current, at + passed_ms));
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [playing, speed]);
  const seek = (to_ms: number) => {
    const at = Math.min(last_ms, Math.max(first_ms, to_ms));
    setAt(at);
    onRest(at);
  };
  const toggle = () => {
    if (playing) onRest(at_ms);
    else if (at_ms >= last_ms) setAt(first_ms);
    setPlaying(!playing);
  };
  return { at_ms, playing, speed, toggle, setSpeed, seek };
}
