import type { MessageKey } from "../messages/translate.ts";

/** What the page knows of a clip before it can play. */
export type ClipState =
  | { readonly kind: "asking" }
  | { readonly kind: "ready" }
  /** It is in a codec that this browser cannot play: a proxy in H.264 is being made. */
  | { readonly kind: "converting" }
  /** Its end is still being recorded, or too many are being put together; asked again after `retry_ms`. */
  | { readonly kind: "recording"; readonly retry_ms: number }
  /** It is on an edge box that cannot be reached now; asked again after `retry_ms`. */
  | { readonly kind: "unreachable"; readonly retry_ms: number }
  /** Its time is over, or there never was one. */
  | { readonly kind: "gone" }
  /** Something else; a person may try again. */
  | { readonly kind: "failed"; readonly status: number };

/** A clip is asked for so often before we leave it to the person. */
export const ATTEMPTS_MAX = 120;
const RETRY_MS_DEFAULT = 2_000;
const RETRY_MS_MAX = 30_000;

/**
 * Whether the browser must be given a proxy.
 * @param type of the answer, as `video/mp4; codecs="hvc1.1.6.L93.b0"`: without a codec in it nobody can tell, so it is tried.
 */
export function needsProxy(type: string | null, isSupported: (type: string) => boolean): boolean {
  return type !== null && /;\s*codecs=/.test(type) && !isSupported(type);
}

/** What a person is told of a clip that does not play yet, or not at all. */
export const CLIP_SAID = {
  asking: "clip.asking",
  converting: "clip.converting",
  recording: "clip.recording",
  unreachable: "clip.unreachable",
  gone: "clip.gone",
  failed: "clip.failed",
} as const satisfies Readonly<Record<Exclude<ClipState["kind"], "ready">, MessageKey>>;

/**
 * Reads the answer to a question for the clip's first byte.
 * @param retry_after the header's text, seconds. @param problem what kind of refusal it is, as `edge-unreachable`.
 */
export function clipState(
  status: number,
  retry_after: string | null,
  attempts: number,
  problem = "",
): ClipState {
  if (status === 200 || status === 206) return { kind: "ready" };
  if (status === 404 || status === 410) return { kind: "gone" };
  const waiting = status === 409 || status === 425 || status === 503;
  if (!waiting || attempts >= ATTEMPTS_MAX) return { kind: "failed", status };
  const asked_ms = Number(retry_after ?? Number.NaN) * 1000;
  const retry_ms = asked_ms > 0 ? Math.min(asked_ms, RETRY_MS_MAX) : RETRY_MS_DEFAULT;
  return { kind: problem === "edge-unreachable" ? "unreachable" : "recording", retry_ms };
}
