import type { Strip } from "../events/use-strip.ts";

/** The picture of a filmstrip that is nearest to a second of the clip. */
export function StripTile({ strip, offset_s }: { readonly strip: Strip; readonly offset_s: number }) {
  const { src, tiles, width_px, height_px } = strip;
  const nearest = tiles.toSorted(
    (a, b) => Math.abs(a.offset_s - offset_s) - Math.abs(b.offset_s - offset_s),
  )[0];
  const share = tiles.length > 1 ? 100 / (tiles.length - 1) : 0;
  return (
    <span
      className="strip-tile"
      style={{
        aspectRatio: `${width_px} / ${height_px}`,
        backgroundImage: `url("${src}")`,
        backgroundSize: `${tiles.length * 100}% 100%`,
        backgroundPosition: `${(nearest?.at ?? 0) * share}% 0`,
      }}
    />
  );
}
