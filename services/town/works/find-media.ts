import type { MediaStore } from "@yardline/media/media-store";
import { openEdgeDirectory } from "@yardline/relay/edge-directory";
import { openEdgeMedia } from "@yardline/relay/edge-media";
import { readIdentity, readSigningKeyFile } from "@yardline/relay/key-files";
import { fromBase, type Site } from "../site.ts";

/** The recordings that the doors show: those of this folder, and with `edges` in the settings those on the region's edges. */
export async function findMedia({
  config,
  base,
  stores,
  shared = stores,
  clock,
  log,
}: Site): Promise<MediaStore> {
  const central = await stores.media();
  if (!config.edges) return central;
  const folder = fromBase(base, config.edges.identity);
  const directory = openEdgeDirectory(await shared.records(), clock);
  return openEdgeMedia({
    tenant: config.town.tenant,
    central,
    directory,
    identity: await readIdentity(folder),
    grant_key: await readSigningKeyFile(folder),
    clock,
    log,
  });
}
