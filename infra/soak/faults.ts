import { setTimeout as wait } from "node:timers/promises";
import type { Followed } from "./follow.ts";
import { treeOf } from "./process-tree.ts";
import type { RtspServer } from "./rtsp-cameras.ts";
import type { TownProcess } from "./town-process.ts";

export type Check = (holds: boolean, line: string) => void;

const LOST_WITHIN_S = 12;
const BACK_WITHIN_S = 10;
const CAMERA_AWAY_MS = 30_000;
const POLL_MS = 200;
/** A child notices by its closed pipe; one that is still there after the second time never does. */
const CHILDREN_GONE_S = 2;
const CHILDREN_GONE_MS = 8_000;

/** A machine that is busy with other tests may watch by key frames only. */
const WATCHED = ["watching", "reduced"];

type Cameras = { cameras: { id: string; state: string }[] };

/** Kills the whole process and starts it again: nothing that a search had found may be gone, doubled or left open for ever. */
export async function killAndRestart(town: TownProcess, followed: Followed, check: Check): Promise<void> {
  const pids = treeOf(town.pid).map(({ pid }) => pid);
  await town.kill();
  const killed_at_ms = Date.now();
  const seen = new Map(followed.seen());
  const left = () => pids.flatMap((pid) => treeOf(pid));
  while (left().length > 0 && Date.now() - killed_at_ms < CHILDREN_GONE_MS) await wait(POLL_MS);
  const took_s = (Date.now() - killed_at_ms) / 1000;
  check(left().length === 0, `kill -9: ${left().length} of its ${pids.length - 1} children outlive it`);
  check(took_s <= CHILDREN_GONE_S, `kill -9: children gone after ${took_s.toFixed(1)} s`);
  const start_ms = await town.start();
  await waitUntilCameras(town, WATCHED, 30_000);
  await wait(3_000);
  const found = await town.findAll("");
  const revisions = new Map(found.map(({ occurrence, revision }) => [occurrence, revision]));
  const lost = [...seen].filter(([occurrence, revision]) => (revisions.get(occurrence) ?? -1) < revision);
  check(
    lost.length === 0,
    `kill -9 and restart in ${Math.round(start_ms)} ms: ${seen.size} found before, ${lost.length} lost`,
  );
  check(
    revisions.size === found.length,
    `${found.length} events found after it, ${found.length - revisions.size} twice`,
  );
  const open = found.filter(
    ({ type, state, time }) =>
      type === "yard.presence" &&
      (state === "open" || state === "updated") &&
      Date.parse(time) < killed_at_ms,
  );
  check(open.length === 0, `${open.length} stays of before the kill are still open`);
}

/** Kills the RTSP server and brings it back: the cameras must be shown as lost, then as watching, with the gap stated. */
export async function loseAndFindCamera(
  town: TownProcess,
  server: RtspServer,
  restart: () => Promise<RtspServer>,
  check: Check,
): Promise<RtspServer> {
  await server.kill();
  const lost_s = await waitUntilCameras(town, ["lost"], 30_000);
  check(
    lost_s <= LOST_WITHIN_S,
    `RTSP server killed: all cameras shown as lost after ${lost_s.toFixed(1)} s`,
  );
  await wait(CAMERA_AWAY_MS);
  const again = await restart();
  const back_s = await waitUntilCameras(town, WATCHED, 60_000);
  check(back_s <= BACK_WITHIN_S, `RTSP server back: all cameras watching after ${back_s.toFixed(1)} s`);
  await wait(2_000);
  const gaps = await town.findAll("type=camera.lost");
  const stated = gaps.filter(
    ({ state, data }) =>
      state === "closed" &&
      Date.parse(String(data["until"])) - Date.parse(String(data["since"])) >= CAMERA_AWAY_MS,
  );
  check(stated.length >= 2, `${stated.length} gaps of at least ${CAMERA_AWAY_MS / 1000} s are stated`);
  return again;
}

/**
 * Freezes a decoder: analysis stops, the recording must not.
 * @returns the time to look for gaps in, once the town has ended.
 */
export async function freezeDecoder(
  town: TownProcess,
  frozen_ms: number,
  check: Check,
): Promise<{ readonly from_ms: number; readonly to_ms: number }> {
  // Pullers and decoders both read standard input; only a puller reads a list of one address from it.
  const decoder = treeOf(town.pid).find(
    ({ argv }) => argv[0]?.endsWith("ffmpeg") === true && argv.includes("pipe:0") && !argv.includes("concat"),
  );
  check(decoder !== undefined, "there is a decoder to freeze");
  const from_ms = Date.now();
  if (decoder) process.kill(decoder.pid, "SIGSTOP");
  await wait(frozen_ms);
  const to_ms = Date.now();
  // Unless it was noticed and ended meanwhile, it may go on.
  if (decoder && treeOf(decoder.pid).length > 0) process.kill(decoder.pid, "SIGCONT");
  await wait(10_000);
  return { from_ms, to_ms };
}

/** Seconds until every camera is in a state. */
async function waitUntilCameras(
  town: TownProcess,
  states: readonly string[],
  within_ms: number,
): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < within_ms) {
    const { cameras } = await town.get<Cameras>("/v1/cameras");
    if (cameras.every(({ state }) => states.includes(state))) return (performance.now() - began) / 1000;
    await wait(POLL_MS);
  }
  return Number.POSITIVE_INFINITY;
}
