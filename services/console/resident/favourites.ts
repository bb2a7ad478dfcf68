/** A stop that somebody keeps at hand. */
export type Favourite = { readonly stop_id: string; readonly stop_name: string };

const KEY = "yardline.favourites";
/** More nobody looks through while a bus comes. */
const FAVOURITES_MAX = 20;

type Kept = Pick<Storage, "getItem" | "setItem">;

/** The newest first. What the browser keeps may be broken or somebody else's: it is read with care. */
export function readFavourites(storage: Kept): readonly Favourite[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter(isFavourite).slice(0, FAVOURITES_MAX) : [];
  } catch {
    return [];
  }
}

/** Adds a stop in front, or takes it away. @returns what is kept then; a browser that keeps nothing forgets it with the page. */
export function toggleFavourite(storage: Kept, stop: Favourite): readonly Favourite[] {
  const before = readFavourites(storage);
  const others = before.filter(({ stop_id }) => stop_id !== stop.stop_id);
  const after = others.length < before.length ? others : [stop, ...others].slice(0, FAVOURITES_MAX);
  try {
    storage.setItem(KEY, JSON.stringify(after));
  } catch {
    return after;
  }
  return after;
}

function isFavourite(value: unknown): value is Favourite {
  if (typeof value !== "object" || value === null) return false;
  const { stop_id, stop_name } = value as Partial<Favourite>;
  return typeof stop_id === "string" && typeof stop_name === "string";
}
