/** Cameras at once: what the server gives one page. */
export const TILES_MAX = 8;

/** What is on the wall, in order, and which of it is large. All of it is in the address. */
export type Wall = {
  /** Undefined: nothing was chosen, the first ones are shown. */
  readonly cameras: readonly string[] | undefined;
  readonly large: string | undefined;
};

/** @param path after the desk's name, as `/yard,gate`. @param search as `?large=yard`. */
export function parseWall(path: string, search: string): Wall {
  const names = path
    .replace(/^\//, "")
    .split(",")
    .flatMap((each) => decoded(each) ?? []);
  const cameras = [...new Set(names)].slice(0, TILES_MAX);
  const large = new URLSearchParams(search).get("large") ?? undefined;
  return { cameras: cameras.length > 0 ? cameras : undefined, large };
}

export function formatWall({ cameras, large }: Wall): { readonly path: string; readonly search: string } {
  const path = cameras && cameras.length > 0 ? `/${cameras.map(encodeURIComponent).join(",")}` : "";
  return { path, search: large === undefined ? "" : `?${new URLSearchParams({ large })}` };
}

/** What is shown: what was chosen, or the first ones that there are. */
export function shownOn({ cameras }: Wall, all: readonly string[]): readonly string[] {
  return cameras ?? all.slice(0, TILES_MAX);
}

/** More tiles than these are small: the smaller stream of a camera fills them. */
const SHARP_TILES_MAX = 2;

/** Which streams are asked for: the smaller ones where tiles are small, but for the one that is large. */
export function streamsFor(shown: readonly string[], large: string | undefined): string {
  if (shown.length <= SHARP_TILES_MAX) return "";
  return `stream=sub${large === undefined ? "" : `&main=${encodeURIComponent(large)}`}`;
}

/** Puts a camera on the wall, or takes it off. What does not fit stays off. */
export function toggled(shown: readonly string[], camera: string): readonly string[] {
  if (shown.includes(camera)) return shown.filter((each) => each !== camera);
  return shown.length < TILES_MAX ? [...shown, camera] : shown;
}

/** Moves a camera by so many places. */
export function moved(shown: readonly string[], camera: string, by: number): readonly string[] {
  const at = shown.indexOf(camera);
  const to = at + by;
  if (at < 0 || to < 0 || to >= shown.length) return shown;
  return shown.with(at, shown[to] ?? camera).with(to, camera);
}

/** How many tiles stand side by side. */
export function columnsOf(tiles: number): number {
  if (tiles <= 1) return 1;
  if (tiles <= 4) return 2;
  return tiles <= 6 ? 3 : 4;
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

/** Which tile an arrow leads to; the same one where there is none that way, undefined for other keys. */
export function tileAfter(key: string, at: number, tiles: number): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return tiles - 1;
  const step = STEPS[key]?.(columnsOf(tiles));
  if (step === undefined) return undefined;
  const to = at + step;
  return to >= 0 && to < tiles ? to : at;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text).trim() || undefined;
  } catch {
    return undefined;
  }
}
