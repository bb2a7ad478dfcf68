import { useSpeech } from "../messages/use-speech.tsx";
import type { Strip } from "./use-strip.ts";

/** Pictures out of a clip: one under the pointer is shown larger, one that is pressed is where the clip goes on. */
export function Filmstrip({ strip, onSeek }: { readonly strip: Strip; onSeek(offset_s: number): void }) {
  const { t } = useSpeech();
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
