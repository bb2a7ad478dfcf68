/** One picture of a filmstrip: where it is in the strip, from the left, and in the clip. */
export type Tile = { readonly at: number; readonly offset_s: number };

export type Tiles = {
  readonly width_px: number;
  readonly height_px: number;
  readonly tiles: readonly Tile[];
};

/** More than any server of ours sends. */
const TILES_MAX = 60;

/** Reads what the server says of a strip in its headers; undefined where that makes no sense. */
export function tilesOf(size: string | null, offsets: string | null): Tiles | undefined {
  const [, width, height] = /^(\d{1,4})x(\d{1,4})$/.exec(size ?? "") ?? [];
  const seconds = (offsets ?? "").split(",").map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const broken = seconds.length > TILES_MAX || seconds.some((each) => !(each >= 0));
  if (!Number(width) || !Number(height) || broken) return undefined;
  const tiles = seconds.map((offset_s, at) => ({ at, offset_s }));
  return { width_px: Number(width), height_px: Number(height), tiles };
}
