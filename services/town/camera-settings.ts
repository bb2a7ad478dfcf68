import { randomBytes } from "node:crypto";
import type { CameraSettingsView, KeptCamera, SettingsOwner } from "@yardline/api/settings-parts";
import { AppError } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { openSecrets } from "@yardline/secrets/secret-store";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { CameraConfig } from "./camera-config.ts";
import { readTownConfig, type TownConfig } from "./config.ts";
import { changedMeanwhile, refuseOwned, writeSeen } from "./kept-settings.ts";
import { ownerOfRest } from "./section-settings.ts";
import { type SecretSite, type Site, STORED } from "./site.ts";
import { typedAddress } from "./works/set-up-cameras.ts";

/** One row a camera, by its id. */
const KIND = "camera-settings";
const Kept = Type.Object({
  camera: CameraConfig,
  by: Type.String(),
  at_ms: Type.Integer({ minimum: 0 }),
});

/** Room for what stands behind it in the name of its secret. */
const ID_CHARS_MAX = 40;
const CAMERAS_MAX = 64;
/** What settings of a page may not name: files of this machine, and what runs on it. */
const FILES = ["file", "url_file", "sub_url_file", "onvif", "nmea"] as const;

type SettingsSite = SecretSite & Pick<Site, "config" | "now" | "clock">;

/** Who owns the cameras of a town: where its file, its flags or its region name none, the pages do. */
export function ownerOfCameras(
  { config, base }: Pick<Site, "config" | "base">,
  simulated: boolean,
): SettingsOwner {
  if (config.region) return { by: "region" };
  if (config.cameras !== undefined) return ownerOfRest({ base }, simulated);
  return simulated ? { by: "demonstration" } : { by: "pages" };
}

/** The cameras that pages have set up, by id. */
export async function listKeptCameras(records: Records): Promise<readonly KeptCamera<CameraConfig>[]> {
  const rows = await records.list(KIND);
  return rows.flatMap(({ id, revision, value }) => {
    if (!Value.Check(Kept, value)) return [];
    const { camera, by, at_ms } = value as Static<typeof Kept>;
    return [{ id, revision, by, at_ms, settings: camera }];
  });
}

/** Cameras whose settings are kept in Records, as pages change them. */
export function cameraSettings(site: SettingsSite, owner: SettingsOwner): CameraSettingsView<CameraConfig> {
  const { config, now, stores, clock } = site;
  const own = config.cameras ?? [];
  const list = async (): Promise<readonly KeptCamera<CameraConfig>[]> =>
    owner.by === "pages"
      ? listKeptCameras(await stores.records())
      : own.map((settings) => ({ id: settings.id, settings }));
  const find = async (id: string) => (await list()).find((each) => each.id === id);
  const secrets = async () => openSecrets(await stores.records(), site.keys, randomBytes);

  /** @throws AppError `SETTINGS_OWNED`, `SETTINGS_CHANGED` */
  async function current(id: string, seen: number): Promise<KeptCamera<CameraConfig> | undefined> {
    refuseOwned(owner);
    const found = await find(id);
    if ((found?.revision ?? 0) === seen) return found;
    throw changedMeanwhile(found);
  }

  async function forget(url_file: string | undefined): Promise<void> {
    if (url_file?.startsWith(STORED)) await (await secrets()).remove(url_file.slice(STORED.length));
  }

  async function writeRow(id: string, seen: number, value: Static<typeof Kept> | undefined): Promise<void> {
    const change = { kind: KIND, id, expected: seen, value };
    await writeSeen(await stores.records(), [change], () => find(id));
  }

  return {
    owner,
    list,
    find,
    async write({ id, settings, address, seen, by }) {
      const before = await current(id, seen);
      const was = before?.settings.url_file;
      const typed = address === undefined ? undefined : await typedAddress(address);
      // A name of its own each time: whoever loses against another change leaves the other's address alone.
      const url_file = typed ? `${STORED}camera-${id}-${randomBytes(4).toString("hex")}` : was;
      const { url_file: _, ...given } = settings;
      const camera = checked(now(), await list(), { ...given, id, ...(url_file && { url_file }) });
      if (typed && url_file)
        await (await secrets()).put(url_file.slice(STORED.length), address?.trim() ?? "");
      const value = { camera, by, at_ms: clock.now_ms() };
      await writeRow(id, seen, value).catch(async (thrown: unknown) => {
        if (typed) await forget(url_file);
        throw thrown;
      });
      if (typed) await forget(was);
      return { id, revision: seen + 1, by, at_ms: value.at_ms, settings: camera };
    },
    async remove({ id, seen }) {
      const before = await current(id, seen);
      await writeRow(id, seen, undefined);
      await forget(before?.settings.url_file);
    },
  };
}

/** The camera, if it is one among the others. @throws AppError `CAMERA_SETTINGS` that lists every problem. */
function checked(
  { town }: TownConfig,
  others: readonly KeptCamera<CameraConfig>[],
  camera: Readonly<Record<string, unknown>> & { readonly id: string },
): CameraConfig {
  const wrong = FILES.filter((field) => field !== "url_file" && camera[field] !== undefined);
  const [first] = wrong;
  if (first) throw refused([`${first}: only a town.yaml names files and devices of this machine`]);
  if (/[/\\]/.test(JSON.stringify(camera["detection"] ?? ""))) {
    throw refused(["detection: only a town.yaml names files of this machine"]);
  }
  if (camera.id.length > ID_CHARS_MAX) throw refused([`id: at most ${ID_CHARS_MAX} characters`]);
  if (camera["url_file"] === undefined) throw refused(["address: give the camera's address"]);
  const rest = others.filter(({ id }) => id !== camera.id).map(({ settings }) => settings);
  if (rest.length >= CAMERAS_MAX) throw refused([`a box has at most ${CAMERAS_MAX} cameras`]);
  try {
    const { cameras = [] } = readTownConfig(
      JSON.stringify({ town, cameras: [...rest, camera] }),
      "These settings",
      { lines: false },
    );
    const found = cameras.find(({ id }) => id === camera.id);
    if (found) return found;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw refused(thrown.message.split("\n").slice(1));
  }
  throw refused(["the camera is not among them"]);
}

function refused(problems: readonly string[]): AppError {
  return new AppError(
    "CAMERA_SETTINGS",
    problems.map((each) => each.trim().replace(/^cameras\[\d+\]\.?/, "")).join("; "),
  );
}
