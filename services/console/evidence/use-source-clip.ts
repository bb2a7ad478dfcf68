import { useEffect, useState } from "react";
import { askClip } from "../events/ask-clip.ts";
import type { ClipState } from "../events/clip-state.ts";
import { parseStretches, type Stretch } from "./region.ts";

export type SourceClip = {
  readonly state: ClipState;
  /** Where it plays from, once it is there. */
  readonly src?: string | undefined;
  /** What of the time it holds. */
  readonly stretches: readonly Stretch[];
};

/** The recording that is to be covered, and which time its pictures are of. */
export function useSourceClip(path: string | undefined, whole: Stretch): SourceClip {
  const [clip, setClip] = useState<SourceClip>({ state: { kind: "asking" }, stretches: [whole] });
  const { from_ms, to_ms } = whole;
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let proxy: string | undefined;
    const ask = async (attempts: number) => {
      const converting = () => setClip((before) => ({ ...before, state: { kind: "converting" } }));
      const { state, video, stretches } = await load(path, { attempts, converting, signal: stop.signal });
      if (stop.signal.aborted) return;
      if (video) proxy = URL.createObjectURL(video);
      const src = state.kind === "ready" ? (proxy ?? path) : undefined;
      setClip({ state, src, stretches: recordedIn(stretches, { from_ms, to_ms }) });
      if ("retry_ms" in state) timer = setTimeout(() => void ask(attempts + 1), state.retry_ms);
    };
    void ask(1);
    return () => {
      stop.abort();
      clearTimeout(timer);
      if (proxy) URL.revokeObjectURL(proxy);
    };
  }, [path, from_ms, to_ms]);
  return clip;
}

/** Where nobody said what it holds it holds the whole time. */
function recordedIn(stretches: readonly Stretch[], whole: Stretch): readonly Stretch[] {
  return stretches.length > 0 ? stretches : [whole];
}

type Asking = { readonly attempts: number; readonly signal: AbortSignal; converting(): void };

async function load(path: string, { attempts, converting, signal }: Asking) {
  const { state, video } = await askClip(path, attempts, converting, signal);
  return { state, video, stretches: state.kind === "ready" ? await stretchesOf(path, signal) : [] };
}

async function stretchesOf(path: string, signal: AbortSignal): Promise<readonly Stretch[]> {
  try {
    const response = await fetch(path, { headers: { range: "bytes=0-0" }, signal });
    await response.body?.cancel();
    return parseStretches(response.headers.get("clip-recorded"));
  } catch {
    return [];
  }
}
