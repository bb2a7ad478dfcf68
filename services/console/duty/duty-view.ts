import type { View } from "../page/view.ts";

/** What somebody has before them at the duty desk; undefined: only the queue. */
export type Chosen = { readonly incident: string } | { readonly occurrence: string };

export type DutyView = {
  readonly chosen?: Chosen | undefined;
  /** The page of shifts lies open. */
  readonly shift: boolean;
  /** What nobody needs to act on too. */
  readonly all: boolean;
};

export function parseDuty(path: string, search: string): DutyView {
  const [, room, encoded = ""] = /^\/(incidents|events)\/([^/]+)\/?$/.exec(path) ?? [];
  const id = decoded(encoded);
  const chosen = id && room ? (room === "incidents" ? { incident: id } : { occurrence: id }) : undefined;
  return {
    chosen,
    shift: /^\/shift\/?$/.test(path),
    all: new URLSearchParams(search).get("all") === "1",
  };
}

/** Where such a view is. */
export function toDuty({ chosen, shift, all }: DutyView): Pick<View, "at"> {
  const search = all ? "?all=1" : "";
  return { at: { desk: "duty", path: shift ? "/shift" : pathOf(chosen), search } };
}

function pathOf(chosen: Chosen | undefined): string {
  if (!chosen) return "";
  const [room, id] = "incident" in chosen ? ["incidents", chosen.incident] : ["events", chosen.occurrence];
  return `/${room}/${encodeURIComponent(id)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
