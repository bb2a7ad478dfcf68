import { AppError } from "@yardline/domain/errors";
import { type FfmpegCommandLine, startFfmpeg } from "@yardline/sources/video/ffmpeg";

export type RunLimits = { readonly bytes_max: number; readonly ms_max: number };

/**
 * Gives a child bytes on its standard input and takes what it writes. The child is gone when this ends, however it does.
 * @throws AppError `MEDIA_UNMADE` when it fails, writes too much or takes too long; `FFMPEG_UNAVAILABLE`; the reason of `signal`.
 */
export async function runFfmpeg(
  line: FfmpegCommandLine,
  input: readonly Uint8Array[],
  { bytes_max, ms_max }: RunLimits,
  signal: AbortSignal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const child = startFfmpeg(line);
  const either = AbortSignal.any([signal, AbortSignal.timeout(ms_max)]);
  const stop = () => void child.stop();
  either.addEventListener("abort", stop, { once: true });
  // A child that has seen enough closes its input.
  child.stdin.on("error", () => undefined);
  for (const part of input) child.stdin.write(part);
  child.stdin.end();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of child.stdout) {
      bytes += part.length;
      if (bytes > bytes_max) throw unmade(`more than ${bytes_max} bytes came of it`);
      parts.push(part);
    }
    const { code, failure, said } = await child.exited;
    signal.throwIfAborted();
    if (failure) throw failure;
    if (either.aborted) throw tooLong(ms_max);
    if (code !== 0 || bytes === 0) throw unmade(said.at(-1) ?? "nothing came of it");
    return Buffer.concat(parts);
  } catch (thrown) {
    signal.throwIfAborted();
    // A pipe that breaks because the child was stopped tells less.
    if (either.aborted) throw tooLong(ms_max);
    throw thrown;
  } finally {
    either.removeEventListener("abort", stop);
    await child.stop();
  }
}

function tooLong(ms_max: number): AppError {
  return unmade(`it took longer than ${ms_max / 1000} s`);
}

function unmade(why: string): AppError {
  return new AppError("MEDIA_UNMADE", `Nothing can be made of this recording: ${why}.`);
}
