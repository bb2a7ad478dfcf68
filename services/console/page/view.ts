import { type Filter, parseFilter } from "../events/filter.ts";

export const PANELS = ["events", "incidents", "stops", "cameras"] as const;
export type Panel = (typeof PANELS)[number];

/** What lies open over the rest. */
export type Open =
  | { readonly kind: "event"; readonly occurrence: string }
  | { readonly kind: "incident"; readonly id: string }
  | { readonly kind: "stop"; readonly stop_id: string };

export const DESKS = ["duty", "search", "wall", "evidence", "buses", "plan", "admin", "privacy"] as const;
export type Desk = (typeof DESKS)[number];

/** A page of its own, for a job of its own. What its address holds after its name is that desk's business. */
export type DeskPlace = { readonly desk: Desk; readonly path: string; readonly search: string };

/** Where a person is on the page. The address bar holds all of it, so that a link leads another person there. */
export type View = {
  /** Undefined in the situation centre. */
  readonly at?: DeskPlace | undefined;
  readonly panel: Panel;
  readonly filter: Filter;
  readonly open?: Open | undefined;
};

export function parseView(pathname: string, search: string): View {
  const [, desk, path = ""] = /^\/([a-z]+)(\/.*)?$/.exec(pathname) ?? [];
  const found = DESKS.find((each) => each === desk);
  if (found) return { at: { desk: found, path, search }, panel: "events", filter: {} };
  const params = new URLSearchParams(search);
  return {
    panel: PANELS.find((panel) => panel === params.get("panel")) ?? "events",
    filter: parseFilter(params),
    open: parseOpen(pathname),
  };
}

export function formatView({ at, panel, filter, open }: View): string {
  if (at) return `/${at.desk}${at.path}${at.search}`;
  const params = new URLSearchParams(panel === "events" ? {} : { panel });
  for (const [field, value] of Object.entries(filter)) params.set(field, value);
  const search = params.size > 0 ? `?${params}` : "";
  return `${formatOpen(open)}${search}`;
}

function parseOpen(pathname: string): Open | undefined {
  const [, room, encoded = ""] = /^\/(events|incidents|stops)\/([^/]+)\/?$/.exec(pathname) ?? [];
  const id = decoded(encoded);
  if (!room || !id) return;
  if (room === "incidents") return { kind: "incident", id };
  return room === "events" ? { kind: "event", occurrence: id } : { kind: "stop", stop_id: id };
}

function formatOpen(open: Open | undefined): string {
  switch (open?.kind) {
    case "event":
      return `/events/${encodeURIComponent(open.occurrence)}`;
    case "incident":
      return `/incidents/${encodeURIComponent(open.id)}`;
    case "stop":
      return `/stops/${encodeURIComponent(open.stop_id)}`;
    default:
      return "/";
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return;
  }
}
