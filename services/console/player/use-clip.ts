import { useEffect, useState } from "react";
import { askClip } from "../events/ask-clip.ts";
import type { ClipState } from "../events/clip-state.ts";
import { type Stretch, stretchesOf } from "./clip-time.ts";
import { NO_ROLL, type Roll, rolledPath } from "./roll.ts";

/** What can be played. */
export type ReadyClip = {
  /** Where it is played from: an address, or the proxy that was fetched. */
  readonly src: string;
  /** The time that it is of, and what of that is in it. */
  readonly span: Stretch;
  readonly stretches: readonly Stretch[];
  readonly roll: Roll;
};

type PlayableClip = {
  /** Of what was asked for last. */
  readonly state: ClipState;
  /** What was there before stays until what was asked for last is there. */
  readonly ready: ReadyClip | undefined;
  retry(): void;
};

/**
 * The clip of a path: asked for until it is there, or has gone.
 * @param path undefined until it may be asked for. @param own the event's own time, where the server does not say which it gives.
 */
export function useClip(path: string | undefined, own: Stretch, roll: Roll = NO_ROLL): PlayableClip {
  const { from_ms, to_ms } = own;
  const { before_s, after_s } = roll;
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<ClipState>({ kind: "asking" });
  const [ready, setReady] = useState<ReadyClip>();

  // `tries` starts it anew.
  useEffect(() => {
    const asked = { before_s, after_s };
    const address = rolledPath(path, asked);
    setState({ kind: "asking" });
    if (address === undefined) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (attempts: number) => {
      const converting = () => setState({ kind: "converting" });
      const {
        state: told,
        video,
        period,
        recorded,
      } = await askClip(address, attempts, converting, stop.signal);
      if (stop.signal.aborted) return;
      if (told.kind === "ready") {
        const rolled = { from_ms: from_ms - before_s * 1000, to_ms: to_ms + after_s * 1000 };
        const [span = rolled] = stretchesOf(period, rolled);
        const src = video ? URL.createObjectURL(video) : address;
        setReady({ src, span, stretches: stretchesOf(recorded, span), roll: asked });
      }
      setState(told);
      if (told.kind === "recording" || told.kind === "unreachable")
        timer = setTimeout(() => void ask(attempts + 1), told.retry_ms);
    };
    void ask(1);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, from_ms, to_ms, before_s, after_s, tries]);

  const src = ready?.src;
  useEffect(() => {
    return () => {
      if (src?.startsWith("blob:")) URL.revokeObjectURL(src);
    };
  }, [src]);

  return { state, ready, retry: () => setTries((before) => before + 1) };
}
