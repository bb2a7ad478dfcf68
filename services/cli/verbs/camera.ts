import { readFile } from "node:fs/promises";
import type { Polygon } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { openOnvif } from "@yardline/sources/onvif/device";
import { discoverDevices } from "@yardline/sources/onvif/discovery";
import type { Fix } from "@yardline/sources/trackers/protocol";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { adviceOn } from "@yardline/sources/video/probe-advice";
import { probeCamera } from "@yardline/sources/video/probe-camera";
import { type CameraCost, measureCost } from "@yardline/sources/video/probe-cost";
import type { CameraFigures } from "@yardline/sources/video/probe-figures";
import { listenForPlaces } from "@yardline/sources/video/read-places";
import { describeDevice, listenTo, turnTo } from "../camera-onvif.ts";
import { readSettings } from "../start-settings.ts";
import { defineVerb, type Given, optionalFlag, UsageError, type World } from "../verb.ts";

const LISTEN_S = { usual: 10, min: 3, max: 300 };
/** As many pictures as are looked at while something moves. */
const RATE_FPS = 5;

/** Gets to know a camera before it is set up: what it sends, what it costs here, where it is. */
export const camera = defineVerb({
  name: "camera",
  summary:
    "Looks at one camera before it is set up: what it sends, what it costs on this machine, what to change.",
  usage:
    "probe URL-FILE | positions URL-FILE | discover | onvif URL-FILE [--seconds N] [--json] [--goto VIEW] [--listen] [--config town.yaml --id CAMERA]",
  example: "./yardline camera probe yard.url",
  flags: {
    seconds: {
      type: "string",
      help: "probe, positions: how long to listen (10); from 60 on the camera's clock is measured too",
    },
    json: { type: "boolean", help: "the same as JSON" },
    goto: { type: "string", help: "onvif: turn the camera to this saved view" },
    config: {
      type: "string",
      help: "onvif: settings whose in-camera mask is compared with the camera's own masks",
    },
    id: { type: "string", help: "onvif: which camera of these settings it is" },
    listen: { type: "boolean", help: "onvif: print what the camera's own analytics see, a JSON line each" },
  },
  positionals: { min: 1, max: 2 },
  async run(given, world) {
    const [what = "", file] = given.positionals;
    const work = { probe, positions, discover, onvif }[what];
    if (!work) throw new UsageError(`camera: there is probe, positions, discover and onvif, no "${what}"`);
    world.stdout.write(`${await work({ given, world, file })}\n`);
    return 0;
  },
});

type Work = { readonly given: Given; readonly world: World; readonly file: string | undefined };

/** Answers within two seconds are the rule. */
const DISCOVER_MS = 4_000;

async function discover({ given, world: { signal } }: Work): Promise<string> {
  const found = await discoverDevices(DISCOVER_MS, signal);
  if (given.flags["json"]) return JSON.stringify(found);
  const lines = found.map(({ address, name, hardware }) => `${address}  ${name} ${hardware}`.trimEnd());
  return [...lines, `${found.length} devices`].join("\n");
}

async function onvif({ given, world, file }: Work): Promise<string> {
  const device = await openOnvif(await readAddress(file), world);
  const goto = optionalFlag(given, "goto");
  if (goto !== undefined) return turnTo(device, goto);
  if (given.flags["listen"]) return listenTo(device, secondsOf(given), world);
  const json = given.flags["json"] === true;
  return describeDevice(device, { json, claimed: await claimedMasks(given) });
}

/** What the settings say that the camera covers by itself; undefined where nobody asked. */
async function claimedMasks(given: Given): Promise<readonly Polygon[] | undefined> {
  const [config, id] = [optionalFlag(given, "config"), optionalFlag(given, "id")];
  if (config === undefined && id === undefined) return undefined;
  if (config === undefined || id === undefined) throw new UsageError("camera: --config and --id go together");
  const { cameras = [] } = await readSettings(config);
  const mask = cameras.find((each) => each.id === id)?.mask;
  if (!mask) throw new UsageError(`camera: ${config} has no camera "${id}"`);
  if (mask.form === "in-camera") return mask.polygons;
  throw new UsageError(`camera: the mask of "${id}" is ${mask.form}, which the camera itself has no part in`);
}

async function probe({ given, world, file }: Work): Promise<string> {
  const address = await readAddress(file);
  const listen_s = secondsOf(given);
  world.stderr.write(`listening for ${listen_s} s\n`);
  const probed = await probeCamera(address, { ...world, listen_s });
  const cost = await measureCost(probed, RATE_FPS);
  const advice = adviceOn(probed.figures);
  const places = await findPlaces(address, world);
  return given.flags["json"]
    ? JSON.stringify({ ...probed.figures, ...(places && { positions: places }), cost, advice })
    : [...figureLines(probed.figures), placesLine(places), ...costLines(cost), ...adviceLines(advice)].join(
        "\n",
      );
}

/** Prints where a camera is by its own stream, a JSON line a place. */
async function positions({ given, world, file }: Work): Promise<string> {
  const address = await readAddress(file);
  const listen_s = secondsOf(given);
  const counts = { places: 0, unreadable: 0 };
  const isThere = await listenForPlaces(address, { ...world, listen_s }, ({ format, fixes, problems }) => {
    counts.places += fixes.length;
    counts.unreadable += problems.length;
    for (const { fix } of fixes) world.stdout.write(`${JSON.stringify({ format, ...lineOf(fix) })}\n`);
  });
  if (!isThere) return "no positions: the stream carries nothing beside its pictures";
  return `${counts.places} positions, ${counts.unreadable} packets that could not be read`;
}

function lineOf({ at_ms, latitude, longitude, speed_mps, course_deg, valid }: Fix) {
  const time = at_ms === undefined ? null : isoOf(at_ms);
  return { time, latitude, longitude, speed_mps, course_deg, valid };
}

type Places = { readonly format: string; readonly latitude: number; readonly longitude: number };

/** How long a stream may take to tell the first place. */
const PLACES_S = 5;

/** The newest place that a stream tells within a few seconds; a stream that cannot be opened again tells none. */
async function findPlaces(address: CameraAddress, world: World): Promise<Places | undefined> {
  let newest: Places | undefined;
  const found = new AbortController();
  const signal = AbortSignal.any([world.signal, found.signal]);
  await listenForPlaces(address, { ...world, signal, listen_s: PLACES_S }, ({ format = "", fixes }) => {
    const fix = fixes.at(-1)?.fix;
    if (!fix) return;
    newest = { format, latitude: fix.latitude, longitude: fix.longitude };
    found.abort();
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof AppError)) throw thrown;
  });
  return newest;
}

function placesLine(places: Places | undefined): string {
  if (!places) return "positions   none in the stream";
  return `positions   ${places.format}, last ${places.latitude.toFixed(5)}, ${places.longitude.toFixed(5)}`;
}

function figureLines(figures: CameraFigures): readonly string[] {
  const { codec, profile, width_px, height_px, fps, bit_rate_kbps, key_frame_distance_s } = figures;
  const keys =
    key_frame_distance_s === undefined ? "seen less than twice" : `every ${key_frame_distance_s} s`;
  const drift = figures.drift_ppm;
  return [
    `pictures    ${codec}${profile === undefined ? "" : ` ${profile}`}, ${width_px}×${height_px}, ${fps} a second, ${bit_rate_kbps} kb/s`,
    `key frames  ${keys}${figures.b_frames ? ", with B-frames between them" : ""}`,
    `sound       never opened`,
    ...(drift === undefined ? [] : [`clock       off by ${drift} millionths`]),
  ];
}

/** Milliseconds a second are thousandths of a core. */
function costLines({ copy_ms, look_ms, burnt_in_ms }: CameraCost): readonly string[] {
  const share = (ms: number) => `${(ms / 10).toFixed(1)} % of a core`;
  return [
    "cost here, without the detector:",
    copy_ms === undefined
      ? "  none-needed, in-camera  not to be had: this codec is always encoded anew, as below"
      : `  none-needed, in-camera  ${share(copy_ms)} to record, up to ${share(look_ms)} to look while something moves`,
    `  burnt-in                ${share(burnt_in_ms)} to paint, record and look`,
  ];
}

function adviceLines(advice: readonly string[]): readonly string[] {
  return advice.length === 0 ? ["nothing to change"] : ["to change:", ...advice.map((each) => `  - ${each}`)];
}

/** @throws AppError `CAMERA_ADDRESS`; a `UsageError` for an address on the command line, where others can read it. */
async function readAddress(file = ""): Promise<CameraAddress> {
  if (file === "") throw new UsageError("camera: name the file that holds the camera's address");
  if (file.includes("://")) {
    throw new UsageError("camera: write the address into a file that only you can read, and name the file");
  }
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError("CAMERA_ADDRESS", `${file} cannot be read`, { cause });
  });
  return CameraAddress.parse(text);
}

function secondsOf(given: Given): number {
  const seconds = Number(optionalFlag(given, "seconds") ?? LISTEN_S.usual);
  if (seconds >= LISTEN_S.min && seconds <= LISTEN_S.max) return seconds;
  throw new UsageError(`camera: --seconds is a number from ${LISTEN_S.min} to ${LISTEN_S.max}`);
}
