import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { openKafkaBus } from "@yardline/bus/kafka";
import { AppError } from "@yardline/domain/errors";
import { openElasticIndex } from "@yardline/index/elastic";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { settleIndex } from "@yardline/indexer/switch-index";
import { openPostgresRecords } from "@yardline/records/postgres";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { type Servers, serversOf } from "@yardline/town/servers";
import { lockFolder, useFolder } from "@yardline/upkeep/data-folder";
import { UsageError, type World } from "./verb.ts";

/** Where an index is: the data folder that holds it, or its server. */
export type Side = { readonly folder?: string; readonly url?: string };

/** @param flag it was given by, for people. */
export async function sideOf(flag: string, value: string): Promise<Side> {
  if (!/^https?:|^@/.test(value)) return { folder: value };
  try {
    const { index: url } = await serversOf({ index: value }, {});
    return url === undefined ? {} : { url };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, thrown.message.replace("--index", `--${flag}`), { cause: thrown });
  }
}

/** The folder for us alone. @throws AppError `STORE_IN_USE` while a town runs on it. */
export async function takeFolder(folder: string, { clock }: World): Promise<Disposable> {
  // Stamps a new one, refuses one of another release.
  (await useFolder(folder, clock))[Symbol.dispose]();
  const lock = lockFolder(folder);
  await settleIndex(folder);
  return lock;
}

export function openSide({ folder, url }: Side, { clock }: World): Promise<EventIndex> {
  if (url !== undefined) return openElasticIndex({ url, clock });
  return openEmbeddedIndex({ folder: join(folder ?? ".", "index") });
}

/** Where bus and records are: on the servers that are named, else in the folder. */
type Places = { readonly folder: string | undefined; readonly servers: Servers };

export function openBus({ folder, servers }: Places, { clock }: World): Promise<EventBus> {
  if (servers.bus !== undefined) return openKafkaBus({ url: servers.bus, clock });
  return openEmbeddedBus({ folder: join(folderOf(folder, "bus"), "bus"), clock });
}

export function openRecords({ folder, servers }: Places, { stderr }: World): Promise<Records> {
  const failed = ({ message }: AppError) => void stderr.write(`yardline: ${message}\n`);
  if (servers.records !== undefined) return openPostgresRecords({ url: servers.records, watch: { failed } });
  return openSqliteRecords({ path: join(folderOf(folder, "records"), "records.sqlite") });
}

function folderOf(folder: string | undefined, server: string): string {
  if (folder !== undefined) return folder;
  throw new UsageError(`index: between two servers, name that of the ${server} too: --${server}`);
}
