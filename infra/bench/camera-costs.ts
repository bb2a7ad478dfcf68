import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one camera costs, in CPU ms a second of its time, and what was looked at, a second. */
export type CameraCost = {
  /** ffmpeg that decodes. */
  readonly decoder_ms: number;
  /** ffmpeg that copies into the recording. */
  readonly recorder_ms: number;
  /** Our process: pictures in, gate, tracker, rules, snapshots, its part of the recording, and whatever collects its garbage. */
  readonly watching_ms: number;
  /** The detector's threads in it. */
  readonly detector_ms: number;
  /** Pictures through the network, pictures analysed, and how many should have been by the modes that it was watched in. */
  readonly calls: number;
  readonly frames: number;
  readonly wanted: number;
};

export type Scene = { readonly name: string; readonly path: string };
export type Turns = { readonly rounds: number; readonly warm_s: number; readonly measured_s: number };

const HERE = import.meta.dirname;

/** Medians of several rounds. */
export type Costs = {
  readonly cameras: ReadonlyMap<string, CameraCost>;
  /** CPU ms a second of recording one camera by copy: ffmpeg, our process, files on disk. */
  readonly recording_ms: number;
  /** CPU ms a picture of a full decode by one thread: the yardstick for how fast this machine was meanwhile. */
  readonly decode_ms: number;
};

/** One round after another: the yardstick, each scene watched by a process of its own, all of them at the same time, and a recording. */
export async function measureCosts(
  scenes: readonly Scene[],
  recorded: { readonly path: string; readonly folder: string },
  model: string,
  { rounds, warm_s, measured_s }: Turns,
): Promise<Costs> {
  const costs = new Map<string, CameraCost[]>(scenes.map(({ name }) => [name, []]));
  const [recordings, decodes]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    decodes.push(await decodeOnce(scenes[0]?.path ?? ""));
    const watched = scenes.map(async ({ name, path }) => {
      const cost: CameraCost = JSON.parse(await child("camera-child.ts", path, model, warm_s, measured_s));
      costs.get(name)?.push(cost);
    });
    await Promise.all(watched);
    const own = join(recorded.folder, `recorded-${round}`);
    recordings.push(Number(await child("record-child.ts", recorded.path, own, warm_s, measured_s)));
  }
  return {
    cameras: new Map([...costs].map(([name, all]) => [name, medians(all)])),
    recording_ms: median(recordings),
    decode_ms: median(decodes),
  };
}

async function decodeOnce(clip: string): Promise<number> {
  const how = ["-nostdin", "-hide_banner", "-benchmark", "-threads", "1"];
  const { stderr } = await run("ffmpeg", [...how, "-i", clip, "-t", "20", "-f", "null", "-"]);
  const [, user = "0", system = "0"] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  const pictures = [...stderr.matchAll(/frame=\s*(\d+)/g)].at(-1)?.[1] ?? "1";
  return ((Number(user) + Number(system)) * 1_000) / Number(pictures);
}

async function child(script: string, ...given: readonly (string | number)[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(HERE, script), ...given.map(String)]);
  return stdout;
}

function medians(costs: readonly CameraCost[]): CameraCost {
  const of = (name: keyof CameraCost) => median(costs.map((cost) => cost[name]));
  return {
    decoder_ms: of("decoder_ms"),
    recorder_ms: of("recorder_ms"),
    watching_ms: of("watching_ms"),
    detector_ms: of("detector_ms"),
    calls: of("calls"),
    frames: of("frames"),
    wanted: of("wanted"),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
