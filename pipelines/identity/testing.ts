import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Grant } from "@yardline/permission/grant";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import type { Sealer } from "@yardline/secrets/sealer";
import { testSealer } from "@yardline/secrets/testing";
import { onTestFinished } from "vitest";
import { Accounts } from "./accounts.ts";

export const PASSWORD = "correct horse battery";
export const GRANTS: Grant[] = [{ tenant: "town", role: "dispatcher" }];
export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

/** Accounts on a real store, gone when the test ends; with one of a dispatcher, `olena`, unless it is to be empty. */
export async function testAccounts({
  empty = false,
} = {}): Promise<{ accounts: Accounts; records: Records; sealer: Sealer; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-identity-"));
  const path = join(folder, "records.sqlite");
  const records = await openSqliteRecords({ path });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const sealer = testSealer();
  const accounts = new Accounts(records, sealer);
  if (!empty) await accounts.create("olena", { name: "Олена", password: PASSWORD, grants: GRANTS });
  return { accounts, records, sealer, path };
}
