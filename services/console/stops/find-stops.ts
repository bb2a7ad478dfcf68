import type { Language, Stop } from "../api/types.ts";

/** More than this nobody reads through: typing narrows it. */
export const STOPS_SHOWN_MAX = 200;

/** The stops whose names hold every typed word, by name; several of one name (two sides of a street) stay apart. */
export function findStops(stops: readonly Stop[], typed: string, language: Language): readonly Stop[] {
  const words = typed.toLocaleLowerCase(language).split(/\s+/);
  const byName = new Intl.Collator(language, { numeric: true });
  return stops
    .filter(({ stop_name }) => {
      const name = stop_name.toLocaleLowerCase(language);
      return words.every((word) => name.includes(word));
    })
    .sort((a, b) => byName.compare(a.stop_name, b.stop_name) || byName.compare(a.stop_id, b.stop_id));
}

/** Names that several of the stops bear, which their ids then tell apart. */
export function sharedNames(stops: readonly Stop[]): ReadonlySet<string> {
  const names = stops.map(({ stop_name }) => stop_name);
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}
