import { expect, test } from "vitest";
import { ApiTokens, type TokenWish } from "./api-tokens.ts";
import { NOON_MS, testAccounts } from "./testing.ts";

const DAY_MS = 86_400_000;
const WISH: TokenWish = {
  login: "olena",
  what_for: "the council's statistics",
  rights: ["transit"],
  expires_ms: NOON_MS + 30 * DAY_MS,
};

async function made() {
  const { accounts, records } = await testAccounts();
  const tokens = new ApiTokens(records, accounts);
  return { accounts, tokens, token: await tokens.make(WISH, NOON_MS) };
}

test("a token is its owner's, for what it was made for, until its day", async () => {
  const { tokens, token } = await made();
  expect(token).toMatch(/^yl_[0-9a-f]{12}_[\w-]{43}$/);
  expect(await tokens.find(token, NOON_MS)).toMatchObject({ person: { login: "olena" }, only: ["transit"] });
  expect(await tokens.find(token, NOON_MS + 30 * DAY_MS)).toBe(undefined);
});

test("the list says when it was last used, and shows no secret", async () => {
  const { tokens, token } = await made();
  await tokens.find(token, NOON_MS + DAY_MS);
  const id = token.slice(3, 15);
  expect(await tokens.list()).toEqual([{ ...WISH, id, made_ms: NOON_MS, used_ms: NOON_MS + DAY_MS }]);
});

test("it ends when it is taken back, and while its owner is locked", async () => {
  const { accounts, tokens, token } = await made();
  await accounts.change("olena", { locked: true });
  expect(await tokens.find(token, NOON_MS)).toBe(undefined);
  await accounts.change("olena", { locked: false });
  expect(await tokens.find(token, NOON_MS)).toBeDefined();
  await tokens.revoke(token.slice(3, 15));
  expect(await tokens.find(token, NOON_MS)).toBe(undefined);
});

test("another secret under a known name is nobody's", async () => {
  const { tokens, token } = await made();
  expect(await tokens.find(`${token.slice(0, 16)}${"A".repeat(43)}`, NOON_MS)).toBe(undefined);
  expect(await tokens.find("", NOON_MS)).toBe(undefined);
});

test.for([{ rights: [] }, { what_for: "" }, { expires_ms: NOON_MS }, { expires_ms: NOON_MS + 400 * DAY_MS }])(
  "refused: %j",
  async (over) => {
    const { tokens } = await made();
    await expect(tokens.make({ ...WISH, ...over }, NOON_MS)).rejects.toMatchObject({ code: "TOKEN_WRONG" });
  },
);
