import { expect, test } from "vitest";
import { SetUp } from "./set-up.ts";
import { PASSWORD, testAccounts } from "./testing.ts";

const FIRST = { login: "olena", name: "Олена", password: PASSWORD };

async function begun() {
  const { accounts } = await testAccounts({ empty: true });
  return { accounts, setUp: new SetUp(accounts) };
}

test("whoever has the token makes the first account, an administrator who sees no picture, once", async () => {
  const { accounts, setUp } = await begun();
  expect(await setUp.isDue()).toBe(true);
  await setUp.finish(setUp.token, FIRST, "town");
  expect(await setUp.isDue()).toBe(false);
  expect(await accounts.find("olena")).toMatchObject({ grants: [{ tenant: "town", role: "administrator" }] });
  await expect(setUp.finish(setUp.token, { ...FIRST, login: "petro" }, "town")).rejects.toMatchObject({
    code: "SET_UP_DONE",
  });
});

test("another token makes nobody, and each start has its own", async () => {
  const { accounts, setUp } = await begun();
  const other = new SetUp(accounts).token;
  for (const token of ["", "0", other]) {
    await expect(setUp.finish(token, FIRST, "town")).rejects.toMatchObject({ code: "SET_UP_WRONG" });
  }
  expect(await setUp.isDue()).toBe(true);
});
