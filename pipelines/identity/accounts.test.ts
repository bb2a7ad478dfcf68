import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { GRANTS, NOON_MS, PASSWORD, testAccounts } from "./testing.ts";
import { codeOf } from "./totp.ts";

const OLENA = { login: "olena", name: "Олена", grants: GRANTS, epoch: 0, has_totp: false };
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

test.for([
  [{ name: "Олена Б." }, 0],
  [{ password: "another horse battery" }, 1],
  [{ grants: [] }, 1],
  [{ locked: true }, 1],
  [{ totp_secret: SECRET }, 1],
  [{ totp_secret: null }, 1],
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
