import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type Deletion, leaveDeletions } from "@yardline/records/deletions";
import { auditUnkept } from "@yardline/telemetry/auditing";
import { Deletions } from "../deletions.ts";
import type { Site } from "../site.ts";

/** As often as the process with the log writes its own down. */
const EVERY_MS = 3_600_000;

/**
 * Adds up what retention drops in a process that keeps no audit log, and leaves it in Records, hourly and when it stops, for the one that does:
 * the town's api, or, from an edge, the region's.
 */
export function leavingDeletions(
  { config, stores, parts, clock, log }: Site,
  signal: AbortSignal,
): Deletions {
  const deletions = new Deletions();
  async function leave(): Promise<void> {
    const rows = deletions.list();
    if (rows.length === 0) return;
    const at_ms = clock.now_ms();
    const named = new Map<Deletion, (typeof rows)[number]>(
      rows.map((row) => [
        { id: randomUUID(), at_ms, object: row.entry.object, details: row.entry.details ?? {} },
        row,
      ]),
    );
    const whose = { tenant: config.town.tenant, edge: "" };
    for (const each of await leaveDeletions(await stores.records(), whose, [...named.keys()])) {
      const row = named.get(each);
      if (row) deletions.written(row);
    }
  }
  async function run(): Promise<void> {
    while (!signal.aborted) {
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
      await leave().catch((thrown: unknown) => {
        if (!(thrown instanceof AppError)) throw thrown;
        auditUnkept(log, messageOf(thrown));
      });
    }
  }
  parts.run("proof of deletion", false, run());
  return deletions;
}
