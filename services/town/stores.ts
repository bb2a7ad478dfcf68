import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openFileStore as openAuditFiles } from "@yardline/audit/file-store";
import { openRecordsStore } from "@yardline/audit/records-store";
import type { AuditStore } from "@yardline/audit/store";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { openKafkaBus } from "@yardline/bus/kafka";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { openDuckHistory } from "@yardline/history/duckdb";
import type { History } from "@yardline/history/history";
import { openElasticIndex } from "@yardline/index/elastic";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { settleIndex } from "@yardline/indexer/switch-index";
import { openFileStore } from "@yardline/media/files";
import type { DerivedStore, MediaKeeper, MediaStore } from "@yardline/media/media-store";
import { openPostgresRecords } from "@yardline/records/postgres";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { watchBus } from "@yardline/telemetry/bus";
import { watchElastic } from "@yardline/telemetry/elastic";
import { watchHistory } from "@yardline/telemetry/history";
import { watchRecords } from "@yardline/telemetry/records";
import { useFolder } from "@yardline/upkeep/data-folder";
import type { Logger } from "pino";
import type { Servers } from "./servers.ts";

/** How long a server that is away is waited for between two tries. */
const RETRY_MS = 2_000;

export type StoreOptions = {
  /** Everything that is not on a server is kept below it. */
  readonly folder: string;
  readonly servers: Servers;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the person who waits at the terminal. */
  readonly report: (line: string) => void;
  /** Ends the waiting for servers. */
  readonly signal: AbortSignal;
};

/**
 * Everything that a town keeps, each opened when it is first asked for: a process that runs one service opens what that one
 * needs. Where the settings name a server it is used, else a folder. All are closed in the opposite order with `closing`.
 */
export class Stores {
  readonly #options: StoreOptions;
  readonly #closing: AsyncDisposableStack;
  #records: Promise<Records> | undefined;
  #bus: Promise<EventBus> | undefined;
  #index: Promise<EventIndex> | undefined;
  #media: Promise<MediaStore & MediaKeeper & DerivedStore> | undefined;
  #history: Promise<History> | undefined;
  #audit: Promise<AuditStore> | undefined;
  #folder: Promise<string> | undefined;

  constructor(options: StoreOptions, closing: AsyncDisposableStack) {
    this.#options = options;
    this.#closing = closing;
  }

  /** @throws AppError `STORE_IN_USE` when another Yardline has the folder, and what each store throws. */
  records(): Promise<Records> {
    const { servers, log } = this.#options;
    this.#records ??= this.#opened("PostgreSQL", servers.records, {
      at: (url) => openPostgresRecords({ url, watch: watchRecords(log) }),
      below: (folder) => openSqliteRecords({ path: join(folder, "records.sqlite") }),
    });
    return this.#records;
  }

  /** Beside the records on their server, or in files of its own, whose room on the disk is taken ahead. */
  audit(): Promise<AuditStore> {
    const { servers } = this.#options;
    this.#audit ??= this.#kept(
      servers.records === undefined
        ? this.#below((folder) => openAuditFiles({ folder: join(folder, "audit") }))
        : this.records().then(openRecordsStore),
    );
    return this.#audit;
  }

  bus(): Promise<EventBus> {
    const { servers, clock, log } = this.#options;
    const watch = watchBus(log);
    this.#bus ??= this.#opened("Kafka", servers.bus, {
      at: (url) => openKafkaBus({ url, clock, watch }),
      below: (folder) => openEmbeddedBus({ folder: join(folder, "bus"), clock, watch }),
    });
    return this.#bus;
  }

  index(): Promise<EventIndex> {
    const { servers, clock, log } = this.#options;
    this.#index ??= this.#opened("Elasticsearch", servers.index, {
      at: (url) => openElasticIndex({ url, clock, watch: watchElastic(log) }),
      below: async (folder) => {
        await settleIndex(folder);
        return openEmbeddedIndex({ folder: join(folder, "index") });
      },
    });
    return this.#index;
  }

  media(): Promise<MediaStore & MediaKeeper & DerivedStore> {
    this.#media ??= this.#kept(this.#below((folder) => openFileStore({ folder: join(folder, "media") })));
    return this.#media;
  }

  /** What may still be written to the disk that everything is kept on. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#options.folder);
    return bavail * bsize;
  }

  /** The whole disk. */
  async diskBytes(): Promise<number> {
    const { blocks, bsize } = await statfs(this.#options.folder);
    return blocks * bsize;
  }

  history(): Promise<History> {
    const { clock, log } = this.#options;
    const watch = watchHistory(log);
    this.#history ??= this.#kept(
      this.#below((folder) => openDuckHistory({ folder: join(folder, "history"), clock, watch })),
    );
    return this.#history;
  }

  #opened<Store extends { close(): Promise<void> }>(
    server: string,
    url: string | undefined,
    open: { at(url: string): Promise<Store>; below(folder: string): Promise<Store> },
  ): Promise<Store> {
    return this.#kept(url === undefined ? this.#below(open.below) : this.#insist(server, () => open.at(url)));
  }

  /** Something in the folder, which is checked to be of this release before anything in it is opened. */
  async #below<Store>(open: (folder: string) => Promise<Store>): Promise<Store> {
    const { folder, clock } = this.#options;
    this.#folder ??= useFolder(folder, clock).then((use) => {
      this.#closing.use(use);
      return folder;
    });
    return open(await this.#folder);
  }

  /** A server that is started later than we are is waited for. */
  async #insist<Store>(server: string, open: () => Promise<Store>): Promise<Store> {
    const { report, signal } = this.#options;
    for (;;) {
      try {
        return await open();
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.retryable) || signal.aborted) throw thrown;
        report(`waiting for ${server}: ${thrown.message}`);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #kept<Store extends { close(): Promise<void> }>(opening: Promise<Store>): Promise<Store> {
    return this.#closing.adopt(await opening, (store) => store.close());
  }
}

/** The same as whoever works on them sees it. */
export type OpenStores = Pick<Stores, keyof Stores>;
