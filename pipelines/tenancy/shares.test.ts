import { testAccounts } from "@yardline/identity/testing";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { Agreed, type Share } from "./share.ts";
import { Shares } from "./shares.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const KAMINKA: Share["from"] = { tenant: "kaminka", name: "Кам'янка", signed_by: "О. Коваль" };
const AGREED: Agreed = {
  to: { tenant: "lypivka", name: "Липівка", signed_by: "І. Мороз" },
  route_ids: ["r3"],
  what: ["vehicles", "arrivals"],
  purpose: "line 3 runs to Lypivka",
  until: "2027-01-01T00:00:00Z",
};

test("a token opens its share until it ends or is ended; both sides see it and nobody else", async () => {
  const { records } = await testAccounts({ empty: true });
  const shares = new Shares(records);
  const { note, token } = await shares.make(KAMINKA, AGREED, NOON_MS);
  expect(note).toEqual({ ...AGREED, from: KAMINKA, made_ms: NOON_MS, id: note.id });
  expect(await shares.find(token, NOON_MS)).toEqual(note);
  expect(await shares.find(token, Date.parse("2027-01-01T00:00:00Z"))).toBeUndefined();
  expect(await shares.find(`${token.slice(0, -1)}!`, NOON_MS)).toBeUndefined();
  const seen = await Promise.all(["kaminka", "lypivka", "third"].map((tenant) => shares.list(tenant)));
  expect(seen).toEqual([[note], [note], []]);
  const ended = { at_ms: NOON_MS + 1, by: "olena", why: "the line is given up" };
  await expect(shares.end(note.id, "third", ended)).rejects.toMatchObject({ code: "SHARE_UNKNOWN" });
  expect(await shares.end(note.id, "lypivka", ended)).toEqual({ ...note, ended });
  expect(await shares.find(token, NOON_MS + 1)).toBeUndefined();
});

test.for<[string, Partial<Agreed>]>([
  ["with oneself", { to: { ...AGREED.to, tenant: "kaminka" } }],
  ["already over", { until: "2026-11-22T12:00:00Z" }],
])("refused: %s", async ([, over]) => {
  const { records } = await testAccounts({ empty: true });
  await expect(new Shares(records).make(KAMINKA, { ...AGREED, ...over }, NOON_MS)).rejects.toMatchObject({
    code: "SHARE_WRONG",
  });
});

test("there is no way to say a camera", () => {
  for (const more of [{ cameras: ["yard"] }, { what: ["cameras"] }, { what: ["vehicles", "events"] }]) {
    expect(Value.Check(Agreed, { ...AGREED, ...more })).toBe(false);
  }
  expect(Value.Check(Agreed, AGREED)).toBe(true);
});
