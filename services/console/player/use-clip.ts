import { useEffect, useState } from "react";
import { askClip } from "../events/ask-clip.ts";
import type { ClipState } from "../events/clip-state.ts";
import { type Stretch, stretchesOf } from "./clip-time.ts";

type PlayableClip = {
  readonly state: ClipState;
  /** Where it is played from, as soon as it can be. */
  readonly src: string | undefined;
  /** What of the time that was asked for is in it. */
  readonly recorded: readonly Stretch[];
  retry(): void;
};

/** The clip of a path: asked for until it is there, or has gone. */
export function useClip(path: string, asked: Stretch): PlayableClip {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<ClipState>({ kind: "asking" });
  const [src, setSrc] = useState<string>();
  const [recorded, setRecorded] = useState<string | null>(null);

  // `tries` starts it anew.
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let proxy: string | undefined;
    const ask = async (attempts: number) => {
      const converting = () => setState({ kind: "converting" });
      const answer = await askClip(path, attempts, converting, stop.signal);
      if (stop.signal.aborted) return;
      if (answer.video) proxy = URL.createObjectURL(answer.video);
      setSrc(proxy ?? path);
      setRecorded(answer.recorded);
      setState(answer.state);
      const { state: told } = answer;
      if (told.kind === "recording" || told.kind === "unreachable")
        timer = setTimeout(() => void ask(attempts + 1), told.retry_ms);
    };
    setState({ kind: "asking" });
    void ask(1);
    return () => {
      stop.abort();
      clearTimeout(timer);
      if (proxy) URL.revokeObjectURL(proxy);
    };
  }, [path, tries]);

  return {
    state,
    src,
    recorded: stretchesOf(recorded, asked),
    retry: () => setTries((before) => before + 1),
  };
}
