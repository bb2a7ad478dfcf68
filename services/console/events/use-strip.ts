import { useEffect, useState } from "react";
import { type Tiles, tilesOf } from "./filmstrip-tiles.ts";

export type Strip = Tiles & { readonly src: string };

/** The strip, once it is there; a clip without one plays all the same. */
export function useStrip(path: string | undefined): Strip | undefined {
  const [strip, setStrip] = useState<Strip>();

  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    let src: string | undefined;
    const ask = async () => {
      const response = await fetch(path, { signal: stop.signal });
      const tiles = tilesOf(
        response.headers.get("filmstrip-tile"),
        response.headers.get("filmstrip-offsets"),
      );
      if (!response.ok || !tiles) return;
      const jpeg = await response.blob();
      if (stop.signal.aborted) return;
      src = URL.createObjectURL(jpeg);
      setStrip({ ...tiles, src });
    };
    ask().catch(() => undefined);
    return () => {
      stop.abort();
      if (src) URL.revokeObjectURL(src);
      setStrip(undefined);
    };
  }, [path]);

  return strip;
}
