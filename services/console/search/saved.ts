import { timeOf, withTime } from "@yardline/index/query/edit";
import type { SavedSearch } from "../api/types.ts";
import type { SearchWish } from "./asking.ts";
import type { Now } from "./question.ts";

/** When each saved search was last looked at, by its id. */
export type Seen = Readonly<Record<string, string>>;

/** Reads what a browser kept; whatever else stands there is nothing. */
export function parseSeen(kept: string | null): Seen {
  try {
    const value: unknown = JSON.parse(kept ?? "{}");
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    return Object.fromEntries(Object.entries(value).filter(([, at]) => typeof at === "string"));
  } catch {
    return {};
  }
}

/** Of the searches that there still are, with one looked at now. */
export function withSeen(seen: Seen, searches: readonly SavedSearch[], id: string, now_ms: number): Seen {
  const ids = new Set(searches.map((search) => search.id));
  const kept = Object.entries(seen).filter(([each]) => ids.has(each));
  return { ...Object.fromEntries(kept), [id]: new Date(now_ms).toISOString() };
}

/** What is saved of what was typed: one that alerts is asked of what happens from now on, so it names no time. */
export function wishOf(
  typed: { readonly name: string; readonly q: string; readonly shared: boolean; readonly alert: boolean },
  now: Now,
): SearchWish {
  return { ...typed, q: typed.alert ? withTime(typed.q, "", now) : typed.q };
}

/** Whether something is asked besides the time: an alert about everything would be none. */
export function mayAlert(q: string, now: Now): boolean {
  return withTime(q, "", now) !== "";
}

/** Whether a number of new ones makes sense: a search of a fixed time finds nothing new. */
export function isCounted({ q }: SavedSearch, now: Now): boolean {
  return timeOf(q, now) === "";
}
