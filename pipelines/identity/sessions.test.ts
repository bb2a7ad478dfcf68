import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Sessions, sessionId } from "./sessions.ts";
import { NOON_MS, PASSWORD, testAccounts } from "./testing.ts";

const HOUR_MS = 3_600_000;

async function signedIn() {
  const { accounts, records, path } = await testAccounts();
  const sessions = new Sessions(records, accounts);
  const person = await accounts.signIn({ login: "olena", password: PASSWORD }, NOON_MS);
  return { accounts, records, path, sessions, token: await sessions.begin(person, NOON_MS) };
}

test("a session is its owner's for as long as it is used, a day at most", async () => {
  const { sessions, token } = await signedIn();
  const found: (string | undefined)[] = [];
  for (const hour of [0, 7, 14, 21, 23.9, 24])
    found.push((await sessions.find(token, NOON_MS + hour * HOUR_MS))?.login);
  expect(found).toEqual(["olena", "olena", "olena", "olena", "olena", undefined]);
});

test("a session that nobody used for eight hours is over", async () => {
  const { sessions, token } = await signedIn();
  expect(await sessions.find(token, NOON_MS + 8 * HOUR_MS)).toBe(undefined);
});

test("signing out ends it, and its token is kept nowhere", async () => {
  const { sessions, token, path } = await signedIn();
  for (const end of ["", "-wal"]) expect((await readFile(path + end)).includes(token.slice(10))).toBe(false);
  await sessions.end(token);
  expect(await sessions.find(token, NOON_MS)).toBe(undefined);
  await sessions.end(token);
});

test.for([
  ["another password", { password: "another horse battery" }],
  ["other grants", { grants: [] }],
  ["being locked", { locked: true }],
  ["another second factor", { totp_secret: Buffer.from("12345678901234567890") }],
] as const)("%s ends every session at once", async ([, change]) => {
  const { accounts, sessions, token } = await signedIn();
  await accounts.change("olena", change);
  expect(await sessions.find(token, NOON_MS + 1)).toBe(undefined);
});

test.for([
  "",
  "0",
  `${"0".repeat(9)}.${"A".repeat(43)}`,
  `${"z".repeat(9)}.${"A".repeat(43)}`,
  "../account/olena",
])("no session: %s", async (token) => {
  const { sessions } = await signedIn();
  expect(await sessions.find(token, NOON_MS)).toBe(undefined);
  await sessions.end(token);
});

test("sessions of the day before are dropped when somebody signs in", async () => {
  const { accounts, records, sessions } = await signedIn();
  const person = await accounts.signIn({ login: "olena", password: PASSWORD }, NOON_MS);
  await sessions.begin(person, NOON_MS + 25 * HOUR_MS);
  expect(await records.list("session")).toHaveLength(1);
});

test("somebody sees where they are signed in, and ends any of it; nobody else can", async () => {
  const { accounts, sessions, token } = await signedIn();
  const olena = await accounts.signIn({ login: "olena", password: PASSWORD }, NOON_MS);
  const other = await sessions.begin(olena, NOON_MS + 1, `Firefox ${"x".repeat(500)}`);
  expect(await sessions.list(olena, NOON_MS + 2)).toEqual([
    {
      id: sessionId(other),
      began_ms: NOON_MS + 1,
      used_ms: NOON_MS + 1,
      agent: `Firefox ${"x".repeat(192)}`,
    },
    { id: sessionId(token), began_ms: NOON_MS, used_ms: NOON_MS },
  ]);
  expect(await sessions.endOwn({ ...olena, login: "petro" }, sessionId(token))).toBe(false);
  expect(await sessions.find(token, NOON_MS + 2)).toMatchObject({ login: "olena" });
  expect(await sessions.endOwn(olena, sessionId(token))).toBe(true);
  expect(await sessions.endOwn(olena, sessionId(token))).toBe(false);
  expect(await sessions.find(token, NOON_MS + 2)).toBe(undefined);
  expect((await sessions.list(olena, NOON_MS + 8 * HOUR_MS)).map(({ id }) => id)).toEqual([sessionId(other)]);
});
