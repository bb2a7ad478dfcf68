import { Accounts } from "@yardline/identity/accounts";
import { ApiTokens } from "@yardline/identity/api-tokens";
import { LoginThrottle } from "@yardline/identity/login-throttle";
import { Sessions } from "@yardline/identity/sessions";
import { SetUp } from "@yardline/identity/set-up";
import { PASSWORD, testAccounts } from "@yardline/identity/testing";
import type { Grant } from "@yardline/permission/grant";
import { memoryRecords } from "@yardline/records/memory";
import type { Records } from "@yardline/records/records";
import { testSealer } from "@yardline/secrets/testing";
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

/** The same people, without passwords and not on a disk: nobody can sign in, but everybody is signed in already. */
export async function signedInPeople() {
  const records = memoryRecords();
  const accounts = new Accounts(records, testSealer());
  for (const [login, grants] of Object.entries(PEOPLE)) {
    const value = { name: login, password: "none", grants, epoch: 0 };
    await records.write([{ kind: "account", id: login, value }]);
  }
  return withSessions(accounts, records);
}

/** Accounts on a real store, empty or with one of each kind, and for each person the header of a browser in which they are signed in. */
export async function testIdentity({ empty = false } = {}): Promise<{
  readonly identity: Identity;
  readonly headersOf: (login: string) => Promise<Record<string, string>>;
  readonly records: Awaited<ReturnType<typeof testAccounts>>["records"];
}> {
  const { accounts, records } = await testAccounts({ empty });
  for (const [login, grants] of Object.entries(empty ? {} : PEOPLE)) {
    await accounts.create(login, { name: login, password: PASSWORD, grants: [...grants] });
  }
  return withSessions(accounts, records);
}

function withSessions(accounts: Accounts, records: Records) {
  const sessions = new Sessions(records, accounts);
  const tokens = new ApiTokens(records, accounts);
  const identity = { accounts, sessions, tokens, throttle: new LoginThrottle(), setUp: new SetUp(accounts) };
  return {
    identity,
    records,
    async headersOf(login: string): Promise<Record<string, string>> {
      const person = await accounts.find(login);
      if (!person) return {};
      const cookie = sessionCookie(await sessions.begin(person, NOON_MS), { protocol: "http" }).split(";")[0];
      return cookie === undefined ? {} : { cookie };
    },
  };
}
