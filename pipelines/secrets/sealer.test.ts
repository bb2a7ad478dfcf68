import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { isSealed, openSealer } from "./sealer.ts";
import { parseKeys } from "./secret-keys.ts";

const sealerOf = (...keys: string[]) =>
  openSealer(async () => parseKeys(keys.map((each) => each.repeat(64)).join("\n"), "the test"), randomBytes);

test("what is sealed opens under its own name, and is stale once there is a newer key", async () => {
  const [old, both] = [sealerOf("a"), sealerOf("b", "a")];
  const sealed = await old.seal("a secret", "totp/olena");
  expect([isSealed(sealed), isSealed("YSBzZWNyZXQ="), sealed.includes("secret")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([await old.isFresh(sealed), await both.isFresh(sealed), await old.isFresh("YSBzZWNyZXQ=")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await both.unseal(sealed, "totp/olena")).toBe("a secret");
  await expect(both.unseal(sealed, "totp/petro")).rejects.toMatchObject({ code: "SECRET_BROKEN" });
  await expect(sealerOf("c").unseal(sealed, "totp/olena")).rejects.toMatchObject({
    code: "SECRET_KEY_WRONG",
  });
});
