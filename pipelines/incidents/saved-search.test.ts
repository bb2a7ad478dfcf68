import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { changeSearch, deleteSearch, findOwnSearch, listSearches, saveSearch } from "./saved-search.ts";
import { handRandom, NOON_MS } from "./testing.ts";

const WISH = { name: "Gate at night", q: "zone:gate", shared: false, alert: true };

function shelf() {
  const records = memoryRecords();
  const random = handRandom();
  const hand = (by: string) => ({ by, at_ms: NOON_MS });
  const save = (by: string, over: object = {}, tenant = "town") =>
    saveSearch(records, tenant, { ...WISH, ...over }, hand(by), random);
  return { records, hand, save };
}

test("one has one's own and what others share, within the town", async () => {
  const { records, save } = shelf();
  await save("olena");
  await save("petro", { name: "Buses", shared: true });
  await save("petro", { name: "Mine alone" });
  await save("ivan", { name: "Elsewhere", shared: true }, "other");
  const names = async (login: string) => (await listSearches(records, "town", login)).map(({ name }) => name);
  expect(await names("olena")).toEqual(["Buses", "Gate at night"]);
  expect(await names("petro")).toEqual(["Buses", "Mine alone"]);
});

test("only its owner changes it, against what they read", async () => {
  const { records, hand, save } = shelf();
  const { search } = await save("olena", { shared: true });
  expect(await findOwnSearch(records, search.id, "petro")).toBeUndefined();
  const kept = await findOwnSearch(records, search.id, "olena");
  if (!kept) throw new Error("it is gone");
  const changed = await changeSearch(records, kept, { ...WISH, name: "Gate" }, 1, hand("olena"));
  expect(changed).toMatchObject({ revision: 2, search: { name: "Gate", owner: "olena" } });
  await expect(changeSearch(records, kept, WISH, 1, hand("olena"))).rejects.toMatchObject({
    code: "RECORDS_CONFLICT",
  });
  await deleteSearch(records, search.id);
  expect(await findOwnSearch(records, search.id, "olena")).toBeUndefined();
});

test("one person keeps so many, and not more", async () => {
  const { save } = shelf();
  for (let n = 0; n < 50; n += 1) await save("olena");
  await expect(save("olena")).rejects.toMatchObject({ code: "SEARCHES_FULL" });
  await save("petro");
});
