import { randomBytes } from "node:crypto";
import type { Identity } from "@yardline/api/identify";
import { AppError } from "@yardline/domain/errors";
import { Accounts } from "@yardline/identity/accounts";
import { ApiTokens } from "@yardline/identity/api-tokens";
import { LoginThrottle } from "@yardline/identity/login-throttle";
import { sealFactors } from "@yardline/identity/seal-factors";
import { Sessions } from "@yardline/identity/sessions";
import { SetUp } from "@yardline/identity/set-up";
import type { Records } from "@yardline/records/records";
import { openSealer, type Sealer } from "@yardline/secrets/sealer";
import type { Site } from "../site.ts";
import { outsideOf } from "./sign-in-outside.ts";

/** Accounts, sessions and tokens of the town. Where there is no account yet, `tellFirst` says how the first one is made. */
export async function knowPeople(
  site: { readonly stores: Pick<Site["stores"], "records"> } & Pick<
    Site,
    "report" | "config" | "base" | "clock" | "keys" | "log"
  >,
): Promise<{
  readonly identity: Identity;
  tellFirst(address: string): Promise<void>;
}> {
  const { stores, report, config, keys } = site;
  const records = await stores.records();
  const sealer = openSealer(keys, randomBytes);
  await sealOld(records, sealer, site);
  const accounts = new Accounts(records, sealer);
  const setUp = new SetUp(accounts);
  const outside = await outsideOf(site, accounts);
  const identity = {
    accounts,
    ...(outside && { outside, passwords: config.sign_in?.passwords ?? "everybody" }),
    sessions: new Sessions(records, accounts),
    tokens: new ApiTokens(records, accounts),
    throttle: new LoginThrottle(),
    setUp,
  };
  return {
    identity,
    async tellFirst(address) {
      // To the terminal alone: a log is kept, and read by others. The token stands after the #, which browsers do not send.
      if (await setUp.isDue()) report(`make the first account: ${address}/#set-up=${setUp.token}`);
    },
  };
}

/** Second factors of releases that kept them in plain words. Where there is no key, people go on signing in with them, and the log says so. */
async function sealOld(records: Records, sealer: Sealer, { log }: Pick<Site, "log">): Promise<void> {
  try {
    const sealed = await sealFactors(records, sealer);
    if (sealed > 0) log.info({ sealed }, "Second factors were sealed with the town's key.");
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    log.warn({ code: thrown.code, reason: thrown.message }, "Second factors cannot be sealed.");
  }
}
