import type { View } from "../page/view.ts";

/** What to take out of the town: the events whose recordings it is, and the incident that it is for. */
export type Wanted = { readonly events: readonly string[]; readonly incident?: string | undefined };

export type EvidenceView =
  | { readonly page: "list" }
  | { readonly page: "one"; readonly id: string }
  | { readonly page: "new"; readonly wanted: Wanted };

/** As many as the API takes. */
const EVENTS_MAX = 16;

export function parseEvidence(path: string, search: string): EvidenceView {
  const params = new URLSearchParams(search);
  if (/^\/new\/?$/.test(path)) {
    const events = params.getAll("event").slice(0, EVENTS_MAX);
    return { page: "new", wanted: { events, incident: params.get("incident") ?? undefined } };
  }
  const [, encoded = ""] = /^\/one\/([^/]+)\/?$/.exec(path) ?? [];
  const id = decoded(encoded);
  return id ? { page: "one", id } : { page: "list" };
}

/** Where such a view is. */
export function toEvidence(view: EvidenceView): Pick<View, "at"> {
  const at = { desk: "evidence", path: "", search: "" } as const;
  if (view.page === "list") return { at };
  if (view.page === "one") return { at: { ...at, path: `/one/${encodeURIComponent(view.id)}` } };
  const params = new URLSearchParams(view.wanted.events.slice(0, EVENTS_MAX).map((each) => ["event", each]));
  if (view.wanted.incident !== undefined) params.set("incident", view.wanted.incident);
  return { at: { ...at, path: "/new", search: params.size > 0 ? `?${params}` : "" } };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
