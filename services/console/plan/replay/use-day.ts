import { useEffect, useState } from "react";
import { getReplay } from "../../api/client.ts";
import type { DayReplay } from "../../api/types.ts";

/** Pieces of one day: a large city's has some hundred. */
const PIECES_MAX = 200;

/** A day as far as it is here. */
type Day = {
  readonly moments: DayReplay["moments"];
  readonly whole: boolean;
  readonly problem?: unknown;
};

const NOTHING: Day = { moments: [], whole: false };

/** A past day piece by piece: what has come is shown while the rest comes. @param path of `/v1/review/replay`, with its query. */
export function useDay(path: string): { readonly day: Day; again(): void } {
  const [day, setDay] = useState(NOTHING);
  const [tries, setTries] = useState(0);
  // Another try asks the same once more.
  useEffect(() => {
    const stop = new AbortController();
    setDay(NOTHING);
    void load(path, stop.signal, (next) => !stop.signal.aborted && setDay(next));
    return () => stop.abort();
  }, [path, tries]);
  return { day, again: () => setTries(tries + 1) };
}

async function load(path: string, signal: AbortSignal, tell: (day: Day) => void): Promise<void> {
  const moments: DayReplay["moments"][number][] = [];
  let since = "";
  try {
    for (let piece = 0; piece < PIECES_MAX; piece += 1) {
      const { moments: own, next } = await getReplay(`${path}${since}`, signal);
      moments.push(...own);
      tell({ moments: [...moments], whole: next === undefined });
      if (next === undefined) return;
      since = `&since=${encodeURIComponent(next)}`;
    }
  } catch (problem) {
    tell({ moments: [...moments], whole: false, problem });
  }
}
