import { type Filter, parseFilter } from "../events/filter.ts";

export const PANELS = ["events", "stops", "cameras"] as const;
export type Panel = (typeof PANELS)[number];

/** What lies open over the rest. */
export type Open =
  | { readonly kind: "event"; readonly occurrence: string }
  | { readonly kind: "stop"; readonly stop_id: string };

/** Where a person is on the page. The address bar holds all of it, so that a link leads another person there. */
export type View = {
  readonly panel: Panel;
  readonly filter: Filter;
  readonly open?: Open | undefined;
};

export function parseView(pathname: string, search: string): View {
  const params = new URLSearchParams(search);
  return {
    panel: PANELS.find((panel) => panel === params.get("panel")) ?? "events",
    filter: parseFilter(params),
    open: parseOpen(pathname),
  };
}

export function formatView({ panel, filter, open }: View): string {
  const params = new URLSearchParams(panel === "events" ? {} : { panel });
  for (const [field, value] of Object.entries(filter)) params.set(field, value);
  const search = params.size > 0 ? `?${params}` : "";
  return `${formatOpen(open)}${search}`;
}

function parseOpen(pathname: string): Open | undefined {
  const [, room, encoded = ""] = /^\/(events|stops)\/([^/]+)\/?$/.exec(pathname) ?? [];
  const id = decoded(encoded);
  if (!room || !id) return;
  return room === "events" ? { kind: "event", occurrence: id } : { kind: "stop", stop_id: id };
}

function formatOpen(open: Open | undefined): string {
  if (!open) return "/";
  return open.kind === "event"
    ? `/events/${encodeURIComponent(open.occurrence)}`
    : `/stops/${encodeURIComponent(open.stop_id)}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return;
  }
}
