import type { Identity } from "@yardline/api/identify";
import { Accounts } from "@yardline/identity/accounts";
import { ApiTokens } from "@yardline/identity/api-tokens";
import { LoginThrottle } from "@yardline/identity/login-throttle";
import { Sessions } from "@yardline/identity/sessions";
import { SetUp } from "@yardline/identity/set-up";
import type { Site } from "../site.ts";
import { outsideOf } from "./sign-in-outside.ts";

/** Accounts, sessions and tokens of the town. Where there is no account yet, `tellFirst` says how the first one is made. */
export async function knowPeople(
  site: { readonly stores: Pick<Site["stores"], "records"> } & Pick<
    Site,
    "report" | "config" | "base" | "clock"
  >,
): Promise<{
  readonly identity: Identity;
  tellFirst(address: string): Promise<void>;
}> {
  const { stores, report, config } = site;
  const records = await stores.records();
  const accounts = new Accounts(records);
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
