import { readFile } from "node:fs/promises";
import { AppError } from "@yardline/domain/errors";
import { LEGAL_BASES, PURPOSES } from "@yardline/privacy/purposes";
import { DEFAULT_NAME, readTownConfig, type TownConfig } from "@yardline/town/config";
import { UsageError } from "./verb.ts";

type Flags = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Puts one question to the person at the terminal; undefined where nobody sits there. */
export type Ask = ((question: string) => Promise<string>) | undefined;

/** Each must be decided before a camera's first frame; by a flag, or by answering. */
const DECISIONS = [
  { flag: "purpose", question: `What is it for (${PURPOSES.join(", ")})?` },
  { flag: "legal-basis", question: `On which legal basis (${LEGAL_BASES.join(", ")})?` },
  { flag: "controller", question: "Who answers for it (name of the controller)?" },
  {
    flag: "mask",
    question:
      "Masks: none-needed:WHY NOTHING PRIVATE IS IN VIEW, burnt-in:FILE of polygons, or in-camera:FILE of those it covers itself?",
  },
] as const;
/** Asked for where somebody is filmed now. */
const SIGN = {
  flag: "sign",
  question: "The sign at the place: posted:DAY:WHERE IT HANGS, as in posted:2026-11-30:At both gates?",
} as const;
/** Stands in the place of a sign where nobody is filmed. */
const NO_SIGN = { not_needed: "A recording is played: nobody is filmed now." };

/** The settings that `start`'s flags ask for; undefined when they ask for nothing real, so that the demo town runs. */
export async function settingsOf(flags: Flags, ask: Ask): Promise<TownConfig | undefined> {
  const path = text(flags, "config");
  if (path !== undefined) {
    const given = ["camera", "gtfs", "tracker", "new"].find((name) => flags[name] !== undefined);
    if (given) throw new UsageError(`--config owns the settings: put --${given} into ${path} instead`);
    return readSettings(path);
  }
  const [cameras, trackers] = [list(flags, "camera"), list(flags, "tracker")];
  const gtfs = text(flags, "gtfs");
  const isNew = flags["new"] === true;
  if (cameras.length === 0 && trackers.length === 0 && gtfs === undefined && !isNew) return undefined;
  const devices = list(flags, "device").map(deviceOf);
  const unknown = text(flags, "unknown-devices");
  const settings = {
    town: { name: text(flags, "name") ?? DEFAULT_NAME, tenant: "town" },
    ...(cameras.length > 0 && { cameras: await camerasOf(cameras, flags, ask) }),
    ...(gtfs !== undefined && { gtfs: { feed: "gtfs", from: gtfs } }),
    ...(trackers.length > 0 && { trackers: trackers.map(trackerOf) }),
    ...(devices.length > 0 && { devices }),
    ...(unknown !== undefined && { unknown_devices: unknown }),
  };
  return readTownConfig(JSON.stringify(settings), "The command line", { lines: false });
}

/** @throws AppError `TOWN_CONFIG` */
export async function readSettings(path: string): Promise<TownConfig> {
  return readTownConfig(await readSettingsFile(path), path);
}

async function readSettingsFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("TOWN_CONFIG", `Cannot read ${path}: give --config the path of a town.yaml.`, {
      cause,
    });
  }
}

/** @throws UsageError for what is no port. */
export function portOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`--port ${given} is not a port: a number from 1 to 65535, or 0 for any free one`);
}

async function camerasOf(cameras: readonly string[], flags: Flags, ask: Ask): Promise<readonly unknown[]> {
  const live = cameras.some((camera) => camera.includes("=@"));
  const decisions = await decide([...DECISIONS, ...(live ? [SIGN] : [])], flags, ask);
  const record = recordOf(decisions, flags);
  const mask = await maskOf(decisions.get("mask") ?? "");
  const sign = signOf(decisions.get("sign"));
  return cameras.map((camera) => {
    const [id = "", from = ""] = splitOnce(camera, "=", "--camera NAME=@FILE-WITH-ITS-ADDRESS");
    // An address may hold a password, and what stands on a command line can be read by every process of the machine.
    if (from.includes("://")) {
      throw new UsageError(
        `--camera ${id}: write the address into a file that only you can read, then give --camera ${id}=@FILE`,
      );
    }
    const source = from.startsWith("@") ? { url_file: from.slice(1) } : { file: from };
    return { id, name: id, ...source, ...record, mask, sign };
  });
}

/** Every decision, from its flag or asked for; refuses when one is missing and nobody can be asked. */
async function decide(
  wanted: readonly { readonly flag: string; readonly question: string }[],
  flags: Flags,
  ask: Ask,
): Promise<ReadonlyMap<string, string>> {
  const missing = wanted.filter(({ flag }) => text(flags, flag) === undefined);
  if (missing.length > 0 && !ask) {
    const names = missing.map(({ flag }) => `--${flag}`).join(", ");
    throw new UsageError(
      `a camera does not start without ${names}; ./yardline start --help shows an example`,
    );
  }
  const decisions = new Map<string, string>();
  for (const { flag, question } of wanted) {
    decisions.set(flag, text(flags, flag) ?? (await ask?.(question)) ?? "");
  }
  return decisions;
}

function recordOf(decisions: ReadonlyMap<string, string>, flags: Flags) {
  const [retention_h, retention_reason] = [text(flags, "retention-h"), text(flags, "retention-reason")];
  return {
    purpose: decisions.get("purpose"),
    legal_basis: decisions.get("legal-basis"),
    controller: decisions.get("controller"),
    ...(retention_h !== undefined && { retention_h: Number(retention_h) }),
    ...(retention_reason !== undefined && { retention_reason }),
  };
}

/** `posted:DAY:PLACE`; without it none is needed, which the settings check against what is filmed. */
function signOf(decision: string | undefined): unknown {
  if (decision === undefined) return NO_SIGN;
  const [, posted_on, place] = /^posted:([^:]+):(.+)$/.exec(decision) ?? [];
  if (posted_on !== undefined && place !== undefined) return { posted_on, place: place.trim() };
  throw new UsageError(`"${decision}" is not of the form --sign posted:2026-11-30:WHERE-IT-HANGS`);
}

/** `none-needed:REASON`, `burnt-in:FILE` or `in-camera:FILE`, the file holding JSON: a list of polygons, corners in fractions of the picture. */
async function maskOf(decision: string): Promise<unknown> {
  const [form, rest] = splitOnce(decision, ":", "--mask none-needed:REASON, burnt-in:FILE or in-camera:FILE");
  if (form !== "burnt-in" && form !== "in-camera") return { form, reason: rest.trim() };
  try {
    return { form, polygons: JSON.parse(await readFile(rest, "utf8")) as unknown };
  } catch (cause) {
    throw new AppError(
      "TOWN_CONFIG",
      `Cannot read mask polygons from ${rest}: JSON such as [[[0,0],[0.3,0],[0.3,0.4]]].`,
      {
        cause,
      },
    );
  }
}

function trackerOf(tracker: string): unknown {
  const [protocol, port] = splitOnce(tracker, ":", "--tracker wialon-ips:5039");
  return { protocol, port: Number(port), host: "0.0.0.0" };
}

function deviceOf(device: string): unknown {
  const [device_id, vehicle_id] = splitOnce(device, "=", "--device IMEI=FLEET-NUMBER");
  return { device_id, vehicle_id };
}

function splitOnce(value: string, separator: string, form: string): readonly [string, string] {
  const at = value.indexOf(separator);
  if (at < 1) throw new UsageError(`"${value}" is not of the form ${form}`);
  return [value.slice(0, at), value.slice(at + 1)];
}

function text(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

function list(flags: Flags, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
