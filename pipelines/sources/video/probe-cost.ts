import { AppError } from "@yardline/domain/errors";
import type { CameraInput } from "./camera-arguments.ts";
import { decoderArguments } from "./decoder-arguments.ts";
import { type FfmpegCommandLine, STDIN, startFfmpeg } from "./ffmpeg.ts";
import { maskingArguments } from "./masking-arguments.ts";
import type { ProbedCamera } from "./probe-camera.ts";

/** Milliseconds of CPU time that a second of this camera costs on this machine. */
export type CameraCost = {
  /** Recorded as it comes, for the forms `none-needed` and `in-camera`; undefined where the codec cannot be copied. */
  readonly copy_ms?: number;
  /** Decoding every picture that is looked at, while something moves. */
  readonly look_ms: number;
  /** Decoded, painted and encoded anew, for the form `burnt-in`; looking needs no more decoding then. */
  readonly burnt_in_ms: number;
};

/** A quarter of the picture: how much is painted hardly matters. */
const POLYGON = [
  [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ] as const,
];
const BENCH = /bench: utime=([\d.]+)s stime=([\d.]+)s/;

/** Runs each way over the sample that was probed, one after another, as fast as it goes, and counts CPU time alone. */
export async function measureCost(
  { figures, sample, copy_ms }: ProbedCamera,
  rate_fps: number,
): Promise<CameraCost> {
  const { listened_s } = figures;
  const input: CameraInput = {
    input: ["-protocol_whitelist", "pipe,file", "-f", sample.format],
    source: STDIN,
    script: "",
  };
  const masking = maskingArguments(input, POLYGON, "unused");
  const [recorded, seen] = masking.outputs;
  const painted = [recorded, seen && { ...seen, target: "file:/dev/null" }].flatMap((output) => output ?? []);
  const looking = {
    ...decoderArguments(rate_fps),
    ...(sample.format === "matroska" && { input: input.input }),
  };
  const look_ms = await costOf(looking, sample.data, listened_s);
  const burnt_in_ms = await costOf({ ...masking, outputs: painted }, sample.data, listened_s);
  return { ...(copy_ms !== undefined && { copy_ms }), look_ms, burnt_in_ms };
}

async function costOf(line: FfmpegCommandLine, data: Uint8Array, length_s: number): Promise<number> {
  let cpu_s: number | undefined;
  const benched = { ...line, input: [...line.input, "-v", "level+info", "-benchmark", "-y"] };
  const child = startFfmpeg(benched, [], (text) => {
    const [, user, system] = BENCH.exec(text) ?? [];
    if (user && system) cpu_s = Number(user) + Number(system);
  });
  child.stdout.resume();
  child.stdin.on("error", () => undefined);
  child.stdin.end(data);
  const { failure, said } = await child.exited;
  if (failure) throw failure;
  if (cpu_s === undefined) {
    throw new AppError(
      "CAMERA_UNDECODABLE",
      `The camera's pictures cannot be decoded: ${said.at(-1) ?? "no reason"}`,
    );
  }
  return Math.round((cpu_s * 1000) / length_s);
}
