import type { ApiEvent } from "../api/types.ts";
import type { Stretch } from "./region.ts";

/** The recording of an event, and whose camera's it is; undefined where there is none. */
export function clipOf(event: ApiEvent): (Stretch & { readonly camera: string }) | undefined {
  const { clip, camera } = event.data as {
    readonly clip?: { from: string; to: string };
    readonly camera?: string;
  };
  if (!event.links.clip || !clip || camera === undefined) return undefined;
  return { camera, from_ms: Date.parse(clip.from), to_ms: Date.parse(clip.to) };
}
