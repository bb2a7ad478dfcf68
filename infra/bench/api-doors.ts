import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { buildApp } from "@yardline/api/app";
import { sessionCookie } from "@yardline/api/identify";
import type { Limits } from "@yardline/api/limits";
import { listen } from "@yardline/api/listen";
import { openAudit } from "@yardline/audit/audit";
import { openFileStore as openAuditFiles } from "@yardline/audit/file-store";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import { Accounts } from "@yardline/identity/accounts";
import { ApiTokens } from "@yardline/identity/api-tokens";
import { LoginThrottle } from "@yardline/identity/login-throttle";
import { Sessions } from "@yardline/identity/sessions";
import { SetUp } from "@yardline/identity/set-up";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import type { EventIndex } from "@yardline/index/event-index";
import { openFileStore } from "@yardline/media/files";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { openSealer } from "@yardline/secrets/sealer";
import { keysFrom } from "@yardline/secrets/secret-keys";
import { pino } from "pino";
import { Registry } from "prom-client";

const PASSWORD = "correct horse battery staple";

/** The doors of a town in this process, on real stores, with one dispatcher who is signed in. */
export type Doors = {
  readonly port: number;
  readonly index: EventIndex;
  readonly bus: EventBus;
  /** The header that their browser sends. */
  readonly cookie: string;
  close(): Promise<void>;
};

/** @param index_folder of an index that was filled before; the other stores are empty. */
export async function openDoors(
  folder: string,
  limits: Partial<Limits> = {},
  index_folder = join(folder, "index"),
): Promise<Doors> {
  const index = await openEmbeddedIndex({ folder: index_folder });
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const entries = await openAuditFiles({ folder: join(folder, "audit") });
  const media = await openFileStore({ folder: join(folder, "media") });
  const accounts = new Accounts(records, openSealer(keysFrom({}), randomBytes));
  const sessions = new Sessions(records, accounts);
  const grants = [{ tenant: "town", role: "dispatcher" as const }];
  await accounts.create("olena", { name: "Олена", password: PASSWORD, grants });
  const person = await accounts.find("olena");
  if (!person) throw new Error("The account that was just made is not there.");
  const session = await sessions.begin(person, Date.now());
  const app = await buildApp({
    audit: openAudit(entries, systemClock),
    ...{ index, bus, media, records, limits, transit: undefined, dispatch: undefined, review: undefined },
    trackers: { listUnknown: async () => [], adopt: async () => undefined },
    cameras: { listCameras: () => [] },
    town: { name: "Town", tenant: "town", simulated: false, timezone: "Europe/Kyiv" },
    health: { listParts: () => [] },
    identity: {
      ...{ accounts, sessions, throttle: new LoginThrottle(), setUp: new SetUp(accounts) },
      tokens: new ApiTokens(records, accounts),
    },
    clip: async () => undefined,
    gaps: async () => [],
    log: pino({ level: "silent" }),
    clock: systemClock,
    registry: new Registry(),
  });
  const address = await listen(app, { port: 0 });
  return {
    port: Number(new URL(address).port),
    ...{ index, bus },
    cookie: sessionCookie(session, { protocol: "http" }).split(";")[0] ?? "",
    async close() {
      await app.close();
      for (const store of [index, bus, media, records, entries]) await store.close();
    },
  };
}
