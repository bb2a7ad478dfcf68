import type { FfmpegExit } from "./ffmpeg.ts";

/** Why a camera gives no pictures. The same words as the event `camera.lost` has. */
export type LostReason = "ended" | "silent" | "refused" | "frozen" | "not-video" | "mask-broken";

const SIGNS: readonly { readonly why: LostReason; readonly words: RegExp }[] = [
  {
    why: "refused",
    words: /\b(40[0134]|5\d\d) |unauthori[sz]ed|forbidden|refused|not found|method.*not allowed/i,
  },
  { why: "silent", words: /timed out|timeout|no route|unreachable|resolve|i\/o error|input\/output error/i },
  {
    why: "not-video",
    words:
      /invalid data|no such file|matches no streams|could not find codec|unknown format|not contain any stream/i,
  },
];

/** ffmpeg waits this long for an answer; over RTSP it does not say so when it gave up, only that it could not open the address. */
const UNANSWERED_MS = 4_900;
const UNOPENED_RTSP = /impossible to open 'rtsp/i;

/**
 * What an ended connection most likely means. Once pictures came it simply ended (ffmpeg's exit code is 0 when a server
 * dies); before that, what ffmpeg said tells more, and how long it waited.
 */
export function whyEnded(
  { said }: Pick<FfmpegExit, "said">,
  { had_pictures, lasted_ms }: { readonly had_pictures: boolean; readonly lasted_ms: number },
): LostReason {
  if (had_pictures) return "ended";
  const text = said.join("\n");
  const why = SIGNS.find(({ words }) => words.test(text))?.why ?? "ended";
  const unanswered = lasted_ms >= UNANSWERED_MS && UNOPENED_RTSP.test(text);
  return why !== "refused" && unanswered ? "silent" : why;
}

/** ffmpeg's word for a codec that MP4 cannot hold: such a stream is decoded and encoded anew. */
export function cannotBeCopied({ said }: Pick<FfmpegExit, "said">): boolean {
  return said.some((line) =>
    /could not find tag for codec|codec not currently supported in container/i.test(line),
  );
}
