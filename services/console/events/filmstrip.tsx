import { useEffect, useState } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { type Tiles, tilesOf } from "./filmstrip-tiles.ts";

/** Pictures out of a clip: one under the pointer is shown larger, one that is pressed is where the clip goes on. */
export function Filmstrip({ path, onSeek }: { readonly path: string; onSeek(offset_s: number): void }) {
  const { t } = useSpeech();
  const strip = useStrip(path);
  if (!strip) return null;
  const { src, tiles, width_px, height_px } = strip;
  const share = tiles.length > 1 ? 100 / (tiles.length - 1) : 0;
  return (
    <fieldset className="filmstrip" aria-label={t("filmstrip")}>
      {tiles.map(({ at, offset_s }) => (
        <button
          key={at}
          type="button"
          className="filmstrip-tile"
          aria-label={t("filmstrip.seek", { count: Math.round(offset_s) })}
          title={t("seconds", { count: Math.round(offset_s) })}
          style={{
            aspectRatio: `${width_px} / ${height_px}`,
            backgroundImage: `url("${src}")`,
            backgroundSize: `${tiles.length * 100}% 100%`,
            backgroundPosition: `${at * share}% 0`,
          }}
          onClick={() => onSeek(offset_s)}
        />
      ))}
    </fieldset>
  );
}

type Strip = Tiles & { readonly src: string };

/** The strip, once it is there; a clip without one plays all the same. */
function useStrip(path: string): Strip | undefined {
  const [strip, setStrip] = useState<Strip>();

  useEffect(() => {
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
