import { type ClipState, clipState, needsProxy } from "./clip-state.ts";
import { withQuery } from "./purpose.ts";

/** What to show of a clip, and its proxy where the browser needs one. */
export type ClipAnswer = { readonly state: ClipState; readonly video?: Blob };

/**
 * Asks for a clip's first byte, since a video element does not tell why it cannot load, and whether the browser plays what is there. A proxy
 * is fetched whole: played in parts it would be asked for again and again.
 */
export async function askClip(
  path: string,
  attempts: number,
  onConverting: () => void,
  signal: AbortSignal,
): Promise<ClipAnswer> {
  const { status, retry_after, type } = await probe(path, signal);
  const state = clipState(status, retry_after, attempts);
  if (state.kind !== "ready" || !needsProxy(type, isPlayable)) return { state };
  onConverting();
  return fetchProxy(path, attempts, signal);
}

function isPlayable(type: string): boolean {
  return typeof MediaSource === "undefined" || MediaSource.isTypeSupported(type);
}

type Answer = {
  readonly status: number;
  readonly retry_after: string | null;
  readonly type: string | null;
};

async function probe(path: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(path, { headers: { range: "bytes=0-0" }, signal });
    // A server without ranges would send all of it.
    await response.body?.cancel();
    return answerOf(response);
  } catch {
    return { status: 0, retry_after: null, type: null };
  }
}

async function fetchProxy(
  path: string,
  attempts: number,
  signal: AbortSignal,
): Promise<{ readonly state: ClipState; readonly video?: Blob }> {
  try {
    const response = await fetch(withQuery(path, "codec=h264"), { signal });
    const { status, retry_after } = answerOf(response);
    const state = clipState(status, retry_after, attempts);
    return state.kind === "ready" ? { state, video: await response.blob() } : { state };
  } catch {
    return { state: { kind: "failed", status: 0 } };
  }
}

function answerOf({ status, headers }: Response): Answer {
  return { status, retry_after: headers.get("retry-after"), type: headers.get("content-type") };
}
