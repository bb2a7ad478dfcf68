import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Clock } from "@yardline/domain/time";
import type { KeySource } from "@yardline/secrets/secret-keys";
import { openSecrets } from "@yardline/secrets/secret-store";
import type { Logger } from "pino";
import type { TownConfig } from "./config.ts";
import type { Deletions } from "./deletions.ts";
import type { Parts } from "./parts.ts";
import type { OpenStores } from "./stores.ts";

/** What every worker of a town stands on, alone in its process or with all others. */
export type Site = {
  /** The settings that this process was started on. */
  readonly config: TownConfig;
  /** Those settings as they are by now, for what needs no restart to follow them. */
  readonly now: () => TownConfig;
  /** The file of the settings, or the folder's own name where there is none: paths in the settings are meant from there. */
  readonly base: string;
  /** Where everything is kept that is not on a server. */
  readonly folder: string;
  /** Gives the keys of the secrets that the settings name. */
  readonly keys: KeySource;
  /** The checkout: models and the built page are found from it. */
  readonly root: string;
  readonly stores: OpenStores;
  /** What the tenants of a region have together: accounts, agreements, edges. Absent where `stores` are all there is. */
  readonly shared?: Pick<OpenStores, "records">;
  /** Who runs in this process: each worker names itself here. */
  readonly parts: Pick<Parts, "run" | "list" | "drop">;
  /** What retention dropped, until it is written down; absent for the invented town, and where nothing is dropped. */
  readonly deletions?: Deletions;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the person who waits at the terminal. */
  readonly report: (line: string) => void;
};

/** A path of the settings, meant from where they stand. */
export function fromBase(base: string, path: string): string {
  return resolve(dirname(resolve(base)), path);
}

/** What stands before the name of a secret in a setting that ends in `_file`. */
export const STORED = "secret:";

/** What secrets are read with. */
export type SecretSite = Pick<Site, "base" | "keys"> & { readonly stores: Pick<OpenStores, "records"> };

/**
 * What a setting that ends in `_file` means: what the file holds, or, for `secret:NAME`, what was put in with `./yardline secret put NAME`.
 * @throws AppError of the secrets; what `readFile` throws.
 */
export async function readSecretText({ base, stores, keys }: SecretSite, reference: string): Promise<string> {
  if (!reference.startsWith(STORED)) return readFile(fromBase(base, reference), "utf8");
  const secrets = openSecrets(await stores.records(), keys, randomBytes);
  return secrets.read(reference.slice(STORED.length));
}
