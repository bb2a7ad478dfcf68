import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AppError } from "@yardline/domain/errors";
import { openSealer, type Sealer } from "@yardline/secrets/sealer";
import { parseKeys } from "@yardline/secrets/secret-keys";
import { expect, test } from "vitest";
import { Accounts } from "./accounts.ts";
import { sealFactors } from "./seal-factors.ts";
import { NOON_MS, PASSWORD, testAccounts } from "./testing.ts";
import { base32, codeOf } from "./totp.ts";

const SECRET = Buffer.from("12345678901234567890");
/** As the secret would stand in a file: its bytes, and as it is written for people and for programs. */
const SPELLINGS = [SECRET.toString("latin1"), SECRET.toString("base64"), base32(SECRET)];

const sealerOf = (...keys: string[]) =>
  openSealer(async () => parseKeys(keys.map((each) => each.repeat(64)).join("\n"), "the test"), randomBytes);
const keyless: Sealer = openSealer(async () => {
  throw new AppError("SECRET_KEY_MISSING", "There is no key for secrets.");
}, randomBytes);

/** An account whose second factor stands in plain words, as releases before kept it. */
async function oldAccount() {
  const { records, path } = await testAccounts();
  const [row] = await records.list("account");
  const account = { ...(row?.value as object), totp: { secret: SECRET.toString("base64"), step: -1 } };
  await records.write([{ kind: "account", id: "olena", value: account }]);
  return { records, path };
}

const signInAt = (accounts: Accounts, now_ms: number) =>
  accounts.signIn({ login: "olena", password: PASSWORD, code: codeOf(SECRET, now_ms) }, now_ms);

test("a second factor is sealed: its secret is nowhere in the store", async () => {
  const { accounts, records, path } = await testAccounts();
  await accounts.change("olena", { totp_offer: { secret: SECRET, made_ms: NOON_MS } });
  await accounts.confirmTotp("olena", codeOf(SECRET, NOON_MS), NOON_MS);
  expect(await signInAt(accounts, NOON_MS + 60_000)).toMatchObject({ has_totp: true });
  expect(JSON.stringify(await records.list("account"))).toMatch(/"secret":"v1:[0-9a-f]{8}:/);
  for (const end of ["", "-wal"]) {
    const bytes = await readFile(path + end);
    expect(SPELLINGS.filter((each) => bytes.includes(each))).toEqual([]);
  }
});

test("rows of older releases go on working, are sealed once there is a key, and anew after another", async () => {
  const { records } = await oldAccount();
  const [old, both, fresh] = [sealerOf("a"), sealerOf("b", "a"), sealerOf("b")];
  expect(await signInAt(new Accounts(records, keyless), NOON_MS)).toMatchObject({ login: "olena" });
  await expect(sealFactors(records, keyless)).rejects.toMatchObject({ code: "SECRET_KEY_MISSING" });
  expect([await sealFactors(records, old), await sealFactors(records, old)]).toEqual([1, 0]);
  expect(JSON.stringify(await records.list("account"))).not.toContain(SECRET.toString("base64"));
  expect([await sealFactors(records, both), await sealFactors(records, both)]).toEqual([1, 0]);
  expect(await signInAt(new Accounts(records, fresh), NOON_MS + 60_000)).toMatchObject({ login: "olena" });
  await expect(signInAt(new Accounts(records, old), NOON_MS + 120_000)).rejects.toMatchObject({
    code: "SECRET_KEY_WRONG",
  });
});

test("without a key nobody is given a second factor, and a code for a lost phone lets in whoever has one", async () => {
  const { accounts, records } = await testAccounts();
  const without = new Accounts(records, keyless);
  await expect(
    without.change("olena", { totp_offer: { secret: SECRET, made_ms: NOON_MS } }),
  ).rejects.toMatchObject({ code: "TOTP_KEYLESS" });
  await accounts.change("olena", { totp_offer: { secret: SECRET, made_ms: NOON_MS } });
  const { codes } = await accounts.confirmTotp("olena", codeOf(SECRET, NOON_MS), NOON_MS);
  const [lost = ""] = codes;
  expect(await without.signIn({ login: "olena", password: PASSWORD, code: lost }, NOON_MS)).toMatchObject({
    login: "olena",
  });
});
