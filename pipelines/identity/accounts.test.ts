import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { GRANTS, NOON_MS, PASSWORD, testAccounts } from "./testing.ts";
import { codeOf } from "./totp.ts";

const OLENA = { login: "olena", name: "Олена", grants: GRANTS, epoch: 0, has_totp: false, revision: 1 };
const SECRET = Buffer.from("12345678901234567890");

test("whoever gives login and password is let in, and seen without either", async () => {
  const { accounts, path } = await testAccounts();
  expect(await accounts.signIn({ login: "olena", password: PASSWORD }, NOON_MS)).toEqual(OLENA);
  expect(await accounts.list()).toEqual([OLENA]);
  for (const end of ["", "-wal"]) expect((await readFile(path + end)).includes(PASSWORD)).toBe(false);
});

test.for([
  ["another password", { login: "olena", password: "correct horse batterz" }],
  ["nobody's login", { login: "petro", password: PASSWORD }],
  ["no login at all", { login: "", password: PASSWORD }],
  ["a login in other letters", { login: "оlena", password: PASSWORD }],
  ["no password", { login: "olena", password: "" }],
] as const)("%s: the same answer", async ([, credentials]) => {
  const { accounts } = await testAccounts();
  await expect(accounts.signIn(credentials, NOON_MS)).rejects.toMatchObject({
    code: "LOGIN_WRONG",
    message: "The login or the password is wrong.",
  });
});

test("a second factor is asked for after the password, and each code is good once", async () => {
  const { accounts } = await testAccounts();
  await accounts.change("olena", { totp_secret: SECRET });
  const signIn = (code?: string, password = PASSWORD) =>
    accounts.signIn({ login: "olena", password, ...(code !== undefined && { code }) }, NOON_MS);
  const code = codeOf(SECRET, NOON_MS);
  await expect(signIn()).rejects.toMatchObject({ code: "LOGIN_CODE" });
  await expect(signIn("000000")).rejects.toMatchObject({ code: "LOGIN_CODE" });
  await expect(signIn(code, "correct horse batterz")).rejects.toMatchObject({ code: "LOGIN_WRONG" });
  const both = await Promise.allSettled([signIn(code), signIn(code)]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(signIn(code)).rejects.toMatchObject({ code: "LOGIN_CODE" });
  await accounts.change("olena", { totp_secret: null });
  expect(await signIn()).toMatchObject({ has_totp: false });
});

test("a locked account lets nobody in, with the same answer as a wrong password", async () => {
  const { accounts } = await testAccounts();
  await accounts.change("olena", { locked: true });
  const signIn = () => accounts.signIn({ login: "olena", password: PASSWORD }, NOON_MS);
  await expect(signIn()).rejects.toMatchObject({ code: "LOGIN_WRONG" });
  await accounts.change("olena", { locked: false });
  expect(await signIn()).toMatchObject({ login: "olena" });
});

test("of two who change what they read one is told that it is no longer what it was", async () => {
  const { accounts } = await testAccounts();
  const both = ["Олена Б.", "Олена В."].map((name) => accounts.change("olena", { name }, { expected: 1 }));
  const done = await Promise.allSettled(both);
  expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(accounts.change("olena", { name: "Олена" }, { expected: 1 })).rejects.toMatchObject({
    code: "ACCOUNT_CHANGED",
  });
  expect(await accounts.change("olena", { name: "Олена" }, { expected: 2 })).toMatchObject({ revision: 3 });
});

test.for([
  [{ name: "Олена Б." }, 0],
  [{ password: "another horse battery" }, 1],
  [{ grants: [] }, 1],
  [{ locked: true }, 1],
  [{ totp_secret: SECRET }, 1],
  [{ totp_secret: null }, 1],
  [{ end_sessions: true }, 1],
  [{ totp_offer: { secret: SECRET, made_ms: NOON_MS } }, 0],
  [{}, 0],
] as const)("whether sessions end by a change: %j", async ([change, epoch]) => {
  const { accounts } = await testAccounts();
  await accounts.change("olena", change);
  expect(await accounts.find("olena")).toMatchObject({ epoch });
});

test("what cannot be an account is refused", async () => {
  const { accounts, records } = await testAccounts();
  const account = { name: "Петро", password: PASSWORD, grants: GRANTS };
  const create = (login: string, over = {}) => accounts.create(login, { ...account, ...over });
  await expect(create("olena")).rejects.toMatchObject({ code: "ACCOUNT_EXISTS" });
  await expect(create("Олена")).rejects.toMatchObject({ code: "ACCOUNT_WRONG" });
  await expect(create("petro", { password: "short" })).rejects.toMatchObject({ code: "PASSWORD_WEAK" });
  await expect(create("petro", { name: "" })).rejects.toMatchObject({ code: "ACCOUNT_WRONG" });
  await expect(accounts.change("petro", {})).rejects.toMatchObject({ code: "ACCOUNT_GONE" });
  await records.write([{ kind: "account", id: "odd", value: { name: "Odd", password: "" } }]);
  await expect(accounts.signIn({ login: "odd", password: "" }, NOON_MS)).rejects.toMatchObject({
    code: "RECORDS_REFUSED",
  });
});

test("the owner changes a password with the present one, and nobody else's knowledge helps", async () => {
  const { accounts } = await testAccounts();
  const password = "another horse battery";
  await expect(
    accounts.change("olena", { password }, { proof: "a guess of somebody" }),
  ).rejects.toMatchObject({
    code: "LOGIN_WRONG",
  });
  expect(await accounts.change("olena", { password }, { proof: PASSWORD })).toEqual({
    ...OLENA,
    epoch: 1,
    revision: 2,
  });
  expect(await accounts.signIn({ login: "olena", password }, NOON_MS)).toMatchObject({ login: "olena" });
});

test("a second factor counts once its owner has shown a code of it; lost phones have ten codes", async () => {
  const { accounts, path } = await testAccounts();
  const signIn = (code?: string) =>
    accounts.signIn({ login: "olena", password: PASSWORD, ...(code !== undefined && { code }) }, NOON_MS);
  await accounts.change("olena", { totp_offer: { secret: SECRET, made_ms: NOON_MS } }, { proof: PASSWORD });
  expect(await signIn()).toEqual({ ...OLENA, revision: 2 });
  await expect(accounts.confirmTotp("olena", "000000", NOON_MS)).rejects.toMatchObject({
    code: "LOGIN_CODE",
  });
  const code = codeOf(SECRET, NOON_MS);
  const { person, codes } = await accounts.confirmTotp("olena", code, NOON_MS);
  expect(person).toEqual({ ...OLENA, epoch: 1, has_totp: true, revision: 3 });
  await expect(signIn(code)).rejects.toMatchObject({ code: "LOGIN_CODE" });
  const [lost = ""] = codes;
  for (const end of ["", "-wal"]) expect((await readFile(path + end)).includes(lost)).toBe(false);
  expect(await signIn(lost)).toMatchObject({ has_totp: true });
  await expect(signIn(lost)).rejects.toMatchObject({ code: "LOGIN_CODE" });
  await expect(accounts.confirmTotp("olena", code, NOON_MS)).rejects.toMatchObject({
    code: "TOTP_NOT_OFFERED",
  });
});

test("an offered second factor is forgotten after a quarter of an hour", async () => {
  const { accounts } = await testAccounts();
  await accounts.change("olena", { totp_offer: { secret: SECRET, made_ms: NOON_MS } });
  const late_ms = NOON_MS + 15 * 60_000;
  await expect(accounts.confirmTotp("olena", codeOf(SECRET, late_ms), late_ms)).rejects.toMatchObject({
    code: "TOTP_NOT_OFFERED",
  });
});

const OUTSIDE = { issuer: "https://login.example", subject: "42" };

test("whoever is known to the provider has an account that no password opens, found by issuer and subject alone", async () => {
  const { accounts } = await testAccounts({ empty: true });
  await accounts.createOutside("petro", { name: "Петро", grants: GRANTS, outside: OUTSIDE });
  const petro = await accounts.findOutside(OUTSIDE.issuer, OUTSIDE.subject);
  expect(petro).toMatchObject({ login: "petro", outside: OUTSIDE, epoch: 0 });
  expect(await accounts.findOutside("https://other.example", OUTSIDE.subject)).toBe(undefined);
  for (const password of [PASSWORD, "", "A".repeat(43)]) {
    const signIn = accounts.signIn({ login: "petro", password }, NOON_MS);
    await expect(signIn).rejects.toMatchObject({ code: "LOGIN_WRONG" });
  }
  const again = accounts.createOutside("petro-2", { name: "Петро", grants: GRANTS, outside: OUTSIDE });
  await expect(again).rejects.toMatchObject({ code: "ACCOUNT_EXISTS" });
});

test.for([
  { password: PASSWORD },
  { grants: [] },
  { totp_secret: SECRET },
  { totp_offer: { secret: SECRET, made_ms: 0 } },
])("what the provider keeps is not changed here: %j", async (change) => {
  const { accounts } = await testAccounts({ empty: true });
  await accounts.createOutside("petro", { name: "Петро", grants: GRANTS, outside: OUTSIDE });
  await expect(accounts.change("petro", change)).rejects.toMatchObject({ code: "ACCOUNT_ELSEWHERE" });
  expect(await accounts.change("petro", { locked: true })).toMatchObject({ locked: true, epoch: 1 });
});

test("other grants at the provider end all sessions, the same ones do not", async () => {
  const { accounts } = await testAccounts({ empty: true });
  await accounts.createOutside("petro", { name: "Петро", grants: GRANTS, outside: OUTSIDE });
  expect(await accounts.changeOutside("petro", { name: "Петро Б.", grants: GRANTS })).toMatchObject({
    name: "Петро Б.",
    epoch: 0,
  });
  expect(await accounts.changeOutside("petro", { name: "Петро Б.", grants: [] })).toMatchObject({ epoch: 1 });
});
