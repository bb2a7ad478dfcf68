import { ChildProcess } from "node:child_process";
import { resolve as resolvePath } from "node:path";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { assert } from "@yardline/domain/assert";
import { AppError, messageOf } from "@yardline/domain/errors";
import ffmpeg from "fluent-ffmpeg";
import { scrub } from "./scrub.ts";

/** How long a child may ignore SIGTERM: a stalled or stopped ffmpeg does. */
const KILL_AFTER_MS = 2_000;
/** Last lines kept of what a child says. */
const SAID_LINES_MAX = 20;

/** What a child tells beside its troubles, where it was asked to name the level of its lines. */
const CHATTER = /\[(info|verbose)\]/;

/** The child's standard input and output as ffmpeg names them. */
export const STDIN = "pipe:0";
export const STDOUT = "pipe:1";

/**
 * One whole command line, built by us and never out of options from outside. `source` may be `STDIN`, one `target` must be
 * `STDOUT`.
 */
export type FfmpegCommandLine = {
  readonly input: readonly string[];
  readonly source: string;
  readonly outputs: readonly { readonly options: readonly string[]; readonly target: string }[];
  /** How readily the child leaves the processor to others, 0 (not at all, the default) to 19. */
  readonly niceness?: number;
};

export type FfmpegExit = {
  /** 0 also where a camera's server died: no exit code of a live child is a success. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of standard error, scrubbed. */
  readonly said: readonly string[];
  /** Set when there was no child at all. */
  readonly failure?: AppError;
};

export type FfmpegChild = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Never rejects. Resolves when the process is gone; what it wrote may still wait in `stdout`. */
  readonly exited: Promise<FfmpegExit>;
  /** Undefined before it started. */
  pid(): number | undefined;
  /** SIGTERM, then SIGKILL for a child that is deaf to it. */
  stop(): Promise<FfmpegExit>;
};

/**
 * Runs ffmpeg. fluent-ffmpeg finds the binary, checks its formats once a process and starts the child; its own messages and
 * its `start` event hold the command line and standard error as they are, so nothing of them leaves this file unscrubbed.
 * @param secrets texts that must not appear in what the child is reported to have said.
 * @param hear told every line of standard error, scrubbed, before anything that the child wrote elsewhere after it.
 */
export function startFfmpeg(
  line: FfmpegCommandLine,
  secrets: readonly string[] = [],
  hear: (line: string) => void = () => undefined,
): FfmpegChild {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const said: string[] = [];
  const { promise: exited, resolve } = Promise.withResolvers<FfmpegExit>();
  let child: ChildProcess | undefined;
  let stopping = false;

  const command = commandOf(line, stdin, stdout);
  command.on("stderr", (text: string) => {
    const clean = scrub(text, secrets);
    hear(clean);
    if (clean === "" || CHATTER.test(clean)) return;
    said.push(clean);
    if (said.length > SAID_LINES_MAX) said.shift();
  });
  command.on("start", () => {
    const spawned: unknown = Reflect.get(command, "ffmpegProc");
    assert(spawned instanceof ChildProcess, "fluent-ffmpeg hides its child");
    child = spawned;
    child.once("close", (code, signal) => resolve({ code, signal, said }));
    if (stopping) child.kill("SIGKILL");
  });
  // Both tell of the same exit as the child's own `close`; alone they come only where no child could be started.
  const settle = (error?: Error) => {
    if (child?.pid !== undefined) return;
    resolve({ code: null, signal: null, said, failure: missing(scrub(error?.message ?? "", secrets)) });
    stdout.destroy();
  };
  command.on("end", () => settle());
  command.on("error", settle);
  command.run();

  return {
    stdin,
    stdout,
    exited,
    pid: () => child?.pid,
    async stop() {
      stopping = true;
      // One that waits for its input notices the end of it sooner than a signal.
      stdin.end();
      child?.kill("SIGTERM");
      const escalation = setTimeout(() => child?.kill("SIGKILL"), KILL_AFTER_MS);
      const exit = await exited;
      clearTimeout(escalation);
      stdin.destroy();
      stdout.destroy();
      return exit;
    },
  };
}

function commandOf(
  { input, source, outputs, niceness = 0 }: FfmpegCommandLine,
  stdin: PassThrough,
  stdout: PassThrough,
) {
  // Two arguments and more are taken as they are; a single one, or an array, would be split at its space.
  const command = ffmpeg({ stdoutLines: SAID_LINES_MAX, niceness });
  command.input(source === STDIN ? stdin : source).inputOptions("-nostdin", "-hide_banner", ...input);
  for (const { options, target } of outputs) {
    command.output(target === STDOUT ? stdout : target, { end: true }).outputOptions("-nostats", ...options);
  }
  return command;
}

/** What ffprobe says of a local file; no streams where it can make nothing of it. */
export async function probeFile(path: string): Promise<{ readonly streams: ffmpeg.FfprobeData["streams"] }> {
  const { promise, resolve: settle, reject } = Promise.withResolvers<ffmpeg.FfprobeData | { streams: [] }>();
  ffmpeg.ffprobe(`file:${resolvePath(path)}`, ["-v", "error"], (error: unknown, data) => {
    if (!error) settle(data);
    else if (/cannot find ffprobe/i.test(messageOf(error))) reject(missing("ffprobe is not there"));
    else settle({ streams: [] });
  });
  return promise;
}

function missing(why: string): AppError {
  return new AppError(
    "FFMPEG_UNAVAILABLE",
    `ffmpeg cannot be started (${why || "no reason given"}); install it: apt-get install ffmpeg`,
  );
}
