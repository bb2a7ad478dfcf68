import { type ClipState, clipState, needsProxy } from "./clip-state.ts";
import { withQuery } from "./purpose.ts";

/** What to show of a clip, its proxy where the browser needs one, and which times are in it, in the server's words. */
export type ClipAnswer = {
  readonly state: ClipState;
  readonly video?: Blob;
  readonly recorded: string | null;
};

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
  const { status, retry_after, type, recorded, problem } = await probe(path, signal);
  const state = clipState(status, retry_after, attempts, problem);
  if (state.kind !== "ready" || !needsProxy(type, isPlayable)) return { state, recorded };
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
  readonly recorded: string | null;
  readonly problem: string;
};

const NO_ANSWER: Answer = { status: 0, retry_after: null, type: null, recorded: null, problem: "" };

async function probe(path: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(path, { headers: { range: "bytes=0-0" }, signal });
    if (response.status === 503) return answerOf(response, await kindOf(response));
    // A server without ranges would send all of it.
    await response.body?.cancel();
    return answerOf(response);
  } catch {
    return NO_ANSWER;
  }
}

async function fetchProxy(path: string, attempts: number, signal: AbortSignal): Promise<ClipAnswer> {
  try {
    const response = await fetch(withQuery(path, "codec=h264"), { signal });
    const { status, retry_after, recorded } = answerOf(response);
    const state = clipState(status, retry_after, attempts);
    return state.kind === "ready" ? { state, recorded, video: await response.blob() } : { state, recorded };
  } catch {
    return { state: { kind: "failed", status: 0 }, recorded: null };
  }
}

function answerOf({ status, headers }: Response, problem = ""): Answer {
  return {
    ...{ status, problem },
    retry_after: headers.get("retry-after"),
    type: headers.get("content-type"),
    recorded: headers.get("clip-recorded"),
  };
}

async function kindOf(response: Response): Promise<string> {
  const { type }: { type?: unknown } = await response.json().catch(() => ({}));
  return String(type).split(":").at(-1) ?? "";
}
