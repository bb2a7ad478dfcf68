import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Trouble } from "@yardline/api/health-codes";
import { type Audit, openAudit } from "@yardline/audit/audit";
import { originOf, signCheckpoint } from "@yardline/audit/checkpoint";
import { BOX, type NewEntry } from "@yardline/audit/entry";
import { findOrMakeKey } from "@yardline/audit/key";
import { type Signer, verifierOf, verifierText } from "@yardline/audit/signed-note";
import type { AuditStore } from "@yardline/audit/store";
import { messageOf } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { sendCheckpoints } from "@yardline/notifier/checkpoint-place";
import { dropDeletions, listDeletions } from "@yardline/records/deletions";
import {
  auditIs,
  auditShortened,
  auditUnkept,
  checkpointFailed,
  checkpointSent,
} from "@yardline/telemetry/auditing";
import { openPlaces } from "../audit-settings.ts";
import { fromBase, type Site } from "../site.ts";

/** In the place of a checkpoint's: what is wrong with the disk that the log is on. */
const ROOM = "room";
const LOOK_MS = 60_000;
const DAY_MS = 86_400_000;
/** What retention dropped is written down so often, and when the town stops: a round a minute would fill the log. */
const DELETIONS_MS = 3_600_000;
/** A year from the end of the year in which it was written, in the longest case. */
const KEEP_DAYS_USUAL = 731;
/** Entries that are looked through at once for the first that must stay. */
const PRUNE_READ = 500;

type AuditSite = Pick<Site, "config" | "base" | "folder" | "parts" | "deletions" | "clock" | "log"> & {
  readonly stores: Pick<Site["stores"], "audit" | "records">;
  /** Of a tenant of a region: where edges leave what they dropped. */
  readonly shared?: Pick<Site["stores"], "records">;
};
type Kept = {
  readonly site: AuditSite;
  readonly store: AuditStore;
  readonly audit: Audit;
  readonly signer: Signer;
};

/**
 * Opens the log of a town, writes down that it was begun and on which settings, lets go of what is too old, and sends checkpoints out of this
 * machine.
 * @throws AppError `AUDIT_UNAVAILABLE`, `AUDIT_KEY`, `TOWN_CONFIG`, `STORE_IN_USE`.
 */
export async function keepAudit(site: AuditSite, signal: AbortSignal): Promise<Audit> {
  const { config, base, folder, stores, parts, clock, log } = site;
  const settings = config.audit ?? {};
  const places = await openPlaces(settings.checkpoints ?? [], { base, town: config.town.name, clock });
  const store = await stores.audit();
  const own = join(folder, "audit");
  const { key_file } = settings;
  const key_path = key_file === undefined ? join(own, "key.pem") : fromBase(base, key_file);
  const signer = await findOrMakeKey(originOf(config.town.tenant), key_path);
  await mkdir(own, { recursive: true, mode: 0o700 });
  await writeFile(join(own, "key.pub"), `${verifierText(verifierOf(signer))}\n`);
  const audit = openAudit(store, clock, verifierOf(signer));
  await audit.write(begun(site, store));
  const troubles = new Map<string, Trouble>();
  // Without room nothing can be looked at any more: that is told first.
  const findTrouble = () => troubles.get(ROOM) ?? [...troubles.values()][0];
  const sending = sendCheckpoints({
    places,
    sign: async () => checkpointOf({ site, store, audit, signer }),
    clock,
    signal,
    sent(place) {
      troubles.delete(place);
      checkpointSent(place);
    },
    failed(place, why) {
      const message = `no checkpoint left by ${place}: ${why}`;
      troubles.set(place, { code: "checkpoint-unsent", values: { place }, message });
      checkpointFailed(log, place, why);
    },
  });
  const lookingAfter = lookAfter({ site, store, audit, signer }, troubles, signal);
  parts.run(
    "audit log",
    false,
    Promise.all([sending, lookingAfter]).then(() => undefined),
    findTrouble,
  );
  return audit;
}

/** What the log says of itself at its beginning, and after a kill. The settings stand by their digest: they may hold addresses. */
function begun({ config }: AuditSite, { torn_bytes, isDamaged }: AuditStore): NewEntry {
  const settings = createHash("sha256").update(JSON.stringify(config)).digest("hex");
  return {
    ...ofBox(config.town.tenant, "begun"),
    details: {
      settings_sha256: settings,
      ...(torn_bytes > 0 && { torn_bytes }),
      ...(isDamaged && { damaged: true }),
    },
  };
}

function ofBox(tenant: string, what: string): NewEntry {
  return { tenant, who: BOX, from: "", action: "log", object: { kind: "audit", id: what } };
}

async function checkpointOf({ site, audit, signer }: Kept): Promise<string> {
  const head = await audit.head();
  return signCheckpoint({ origin: signer.name, ...head, at_ms: site.clock.now_ms() }, signer);
}

async function lookAfter(kept: Kept, troubles: Map<string, Trouble>, signal: AbortSignal): Promise<void> {
  const { site, store, audit } = kept;
  let pruned_ms = Number.NEGATIVE_INFINITY;
  let proven_ms = site.clock.monotonic_ms();
  while (!signal.aborted) {
    try {
      const trouble = await store.lookAfter();
      if (trouble === undefined) troubles.delete(ROOM);
      else troubles.set(ROOM, { code: "audit-room", message: trouble });
      auditIs(site.log, (await audit.head()).size, trouble);
      const now_ms = site.clock.monotonic_ms();
      if (now_ms - pruned_ms >= DAY_MS) {
        await shorten(kept);
        pruned_ms = now_ms;
      }
      if (now_ms - proven_ms >= DELETIONS_MS) {
        await proveDeletions(kept);
        proven_ms = now_ms;
      }
    } catch (thrown) {
      auditUnkept(site.log, messageOf(thrown));
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  await proveDeletions(kept).catch((thrown: unknown) => auditUnkept(site.log, messageOf(thrown)));
}

/** What cannot be written now waits for the next time. */
async function proveDeletions({ site, audit }: Kept): Promise<void> {
  const { deletions, config } = site;
  for (const each of deletions?.list() ?? []) {
    await audit.write({ tenant: config.town.tenant, who: BOX, from: "", action: "delete", ...each.entry });
    deletions?.written(each);
  }
  await takeLeft(site, audit);
}

/** What processes without a log dropped. A kill between entry and row writes it twice, under one `id`. */
async function takeLeft({ config, stores, shared = stores }: AuditSite, audit: Audit): Promise<void> {
  const { tenant } = config.town;
  const records = await shared.records();
  for (const each of await listDeletions(records, tenant)) {
    const { id, at_ms, object, details } = each.deletion;
    const from = each.edge === "" ? {} : { edge: each.edge };
    const told = { ...details, ...from, id, at: isoOf(at_ms) };
    await audit.write({ tenant, who: BOX, from: "", action: "delete", object, details: told });
    await dropDeletions(records, [each]);
  }
}

/** Lets go of what is older than the settings say; that it did is written down first. */
async function shorten(kept: Kept): Promise<void> {
  const { site, store, audit, signer } = kept;
  const { config, clock, log } = site;
  const oldest_ms = clock.now_ms() - (config.audit?.keep_days ?? KEEP_DAYS_USUAL) * DAY_MS;
  const { first } = await store.extent();
  const before = await firstSince(store, oldest_ms);
  if (before <= first.size) return;
  await audit.write({ ...ofBox(config.town.tenant, "shortened"), details: { before } });
  const noteOf = (gone: { size: number; hash: string }) =>
    signCheckpoint({ origin: signer.name, ...gone, at_ms: clock.now_ms() }, signer);
  const now = await store.prune(before, noteOf);
  if (now) auditShortened(log, now.size - first.size);
}

/** The number of the first entry that is not older. Reads from the oldest on: mostly there is nothing to let go. */
async function firstSince(store: AuditStore, oldest_ms: number): Promise<number> {
  const { first, head } = await store.extent();
  for (let from = first.size; from < head.size; from += PRUNE_READ) {
    const links = await store.read(from, PRUNE_READ);
    const young = links.find(({ entry }) => entry.at_ms >= oldest_ms);
    if (young) return young.entry.seq;
  }
  return first.size;
}
