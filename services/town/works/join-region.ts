import { join } from "node:path";
import type { MediaStore } from "@yardline/media/media-store";
import { dropDeletions, type LeftDeletion, listDeletions } from "@yardline/records/deletions";
import type { EdgeSettings } from "@yardline/relay/edge-settings";
import { type EdgeName, getEdgeName, type Identity } from "@yardline/relay/identity";
import { readIdentity, readTrustedKeyFiles } from "@yardline/relay/key-files";
import { startMediaDoor } from "@yardline/relay/media-door";
import { runRelay } from "@yardline/relay/relay";
import { runSettingsPull } from "@yardline/relay/settings-pull";
import type { TrustedKeys } from "@yardline/relay/signed";
import type { TownConfig } from "../config.ts";
import { fromBase, type Site } from "../site.ts";

/** An edge's place in its region, by its certificate. */
export type Membership = {
  readonly region: NonNullable<TownConfig["region"]>;
  readonly own: EdgeName;
  readonly identity: Identity;
  readonly keys: TrustedKeys;
};

/** @throws AppError of key files that cannot be read; undefined where the settings name no region. */
export async function readMembership({ config: { region }, base }: Site): Promise<Membership | undefined> {
  if (!region) return undefined;
  const identity = await readIdentity(fromBase(base, region.identity));
  const keys = await readTrustedKeyFiles(region.keys.map((path) => fromBase(base, path)));
  return { region, own: getEdgeName(identity), identity, keys };
}

/**
 * Joins an edge to its region: copies what its bus holds, opens its recordings to the region's api, runs on the settings that the
 * region signs.
 * @param use takes settings into use; refuses with an AppError.
 */
export async function startMembership(
  { stores, parts, clock, log }: Site,
  { region, own, identity, keys }: Membership,
  media: MediaStore,
  { folder, use }: { readonly folder: string; use(settings: EdgeSettings["settings"]): Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  const bus = await stores.bus();
  const link = { bus, region: new URL(region.url), identity, clock, random: Math.random, log, signal };
  parts.run("relay to the region", false, runRelay(link));
  const path = join(folder, "region-settings.jws");
  const records = await stores.records();
  const deletions = {
    list: () => listDeletions(records, own.tenant),
    told: (told: readonly LeftDeletion[]) => dropDeletions(records, told),
  };
  parts.run("settings of the region", false, runSettingsPull({ ...link, own, path, keys, use, deletions }));
  if (!region.media) return;
  const { port, host = "127.0.0.1" } = region.media;
  const door = await startMediaDoor(
    { listen: { host, port }, tls: identity, own, media, keys, clock, log },
    signal,
  );
  parts.run("recordings for the region", false, door.stopped);
}
