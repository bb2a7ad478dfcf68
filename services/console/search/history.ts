/** Questions that somebody asked on this device, newest first. */
export type History = readonly string[];

/** The words that are kept, so that yesterday's question is one key away. */
const KEPT_MAX = 20;

/** The same words again come to the top. */
export function withAsked(history: History, q: string): History {
  const text = q.trim();
  return text === "" ? history : [text, ...history.filter((each) => each !== text)].slice(0, KEPT_MAX);
}

/** Those that hold what has been typed so far. */
export function historyLike(history: History, typed: string, max: number): History {
  const start = typed.trim().toLowerCase();
  return history.filter((each) => each !== typed.trim() && each.toLowerCase().includes(start)).slice(0, max);
}

/** Reads what a browser kept; whatever else stands there is no history. */
export function parseHistory(kept: string | null): History {
  try {
    const value: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(value) ? value.filter((each) => typeof each === "string").slice(0, KEPT_MAX) : [];
  } catch {
    return [];
  }
}
