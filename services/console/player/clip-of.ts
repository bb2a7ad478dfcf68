import type { ApiEvent } from "../api/types.ts";
import type { Stretch } from "./clip-time.ts";

/** Which recording an event refers to: whose, its own time, and when in it that happened. */
export type EventClip = { readonly camera: string; readonly own: Stretch; readonly happened: Stretch };

/** Undefined for an event without a recording, or of a newer server that says it in other words. */
export function clipOf({
  data,
  time,
  links,
}: Pick<ApiEvent, "data" | "time" | "links">): EventClip | undefined {
  const { camera, clip, since, until }: Record<string, unknown> = Object(data);
  const { from, to }: Record<string, unknown> = Object(clip);
  const own = { from_ms: instant(from), to_ms: instant(to) };
  if (links.clip === undefined || typeof camera !== "string" || !(own.from_ms < own.to_ms)) return undefined;
  const began_ms = instant(since);
  const from_ms = Number.isNaN(began_ms) ? Date.parse(time) : began_ms;
  const ended_ms = instant(until);
  // What still goes on reaches to the end of its clip.
  return { camera, own, happened: { from_ms, to_ms: ended_ms > from_ms ? ended_ms : own.to_ms } };
}

function instant(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}
