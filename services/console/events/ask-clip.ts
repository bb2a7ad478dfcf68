import { type ClipState, clipState, needsProxy } from "./clip-state.ts";
import { withQuery } from "./purpose.ts";

/** What to show of a clip, its proxy where the browser needs one, and in the server's words which time it is of and what of that is in it. */
export type ClipAnswer = {
  readonly state: ClipState;
  readonly video?: Blob;
  readonly period: string | null;
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
  const { status, retry_after, type, problem, ...times } = await probe(path, signal);
  const state = clipState(status, retry_after, attempts, problem);
  if (state.kind !== "ready" || !needsProxy(type, isPlayable)) return { state, ...times };
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
  readonly problem: string;
} & Pick<ClipAnswer, "period" | "recorded">;

const NO_TIMES = { period: null, recorded: null };
const NO_ANSWER: Answer = { status: 0, retry_after: null, type: null, problem: "", ...NO_TIMES };

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
    const { status, retry_after, period, recorded } = answerOf(response);
    const state = clipState(status, retry_after, attempts);
    if (state.kind !== "ready") return { state, period, recorded };
    return { state, period, recorded, video: await response.blob() };
  } catch {
    return { state: { kind: "failed", status: 0 }, ...NO_TIMES };
  }
}

function answerOf({ status, headers }: Response, problem = ""): Answer {
  return {
    ...{ status, problem },
    retry_after: headers.get("retry-after"),
    type: headers.get("content-type"),
    period: headers.get("clip-period"),
    recorded: headers.get("clip-recorded"),
  };
}

async function kindOf(response: Response): Promise<string> {
  const { type }: { type?: unknown } = await response.json().catch(() => ({}));
  return String(type).split(":").at(-1) ?? "";
}
