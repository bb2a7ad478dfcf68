import { ApiTokens } from "@yardline/identity/api-tokens";
import { LoginThrottle } from "@yardline/identity/login-throttle";
import { Sessions } from "@yardline/identity/sessions";
import { SetUp } from "@yardline/identity/set-up";
import { PASSWORD, testAccounts } from "@yardline/identity/testing";
import type { Grant } from "@yardline/permission/grant";
import type { Identity } from "../identify.ts";
import { sessionCookie } from "../identify.ts";
import { NOON_MS, TENANT } from "./scenes.ts";

/** Somebody of each kind, by login. */
export const PEOPLE: Readonly<Record<string, readonly Grant[]>> = {
  dispatcher: [{ tenant: TENANT, role: "dispatcher" }],
  "yard-only": [{ tenant: TENANT, role: "dispatcher", cameras: ["yard"] }],
  planner: [{ tenant: TENANT, role: "planner" }],
  administrator: [{ tenant: TENANT, role: "administrator" }],
  "privacy-officer": [{ tenant: TENANT, role: "privacy-officer" }],
  operator: [{ tenant: TENANT, role: "operator" }],
  neighbour: [{ tenant: "neighbour", role: "dispatcher" }],
};

/** Accounts on a real store, empty or with one of each kind, and for each person the header of a browser in which they are signed in. */
export async function testIdentity({ empty = false } = {}): Promise<{
  readonly identity: Identity;
  readonly headersOf: (login: string) => Promise<Record<string, string>>;
}> {
  const { accounts, records } = await testAccounts({ empty });
  const sessions = new Sessions(records, accounts);
  const tokens = new ApiTokens(records, accounts);
  const identity = { accounts, sessions, tokens, throttle: new LoginThrottle(), setUp: new SetUp(accounts) };
  for (const [login, grants] of Object.entries(empty ? {} : PEOPLE)) {
    await accounts.create(login, { name: login, password: PASSWORD, grants: [...grants] });
  }
  return {
    identity,
    async headersOf(login) {
      const person = await accounts.find(login);
      if (!person) return {};
      const cookie = sessionCookie(await sessions.begin(person, NOON_MS)).split(";")[0];
      return cookie === undefined ? {} : { cookie };
    },
  };
}
