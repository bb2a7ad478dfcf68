import { expect, test } from "vitest";
import { hashPassword, isPassword, NOBODYS } from "./password.ts";

test("a password fits its own hash, another does not, and two hashes of it differ", async () => {
  const hash = await hashPassword("correct horse battery");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword("correct horse battery", hash)).toBe(true);
  expect(await isPassword("correct horse batterz", hash)).toBe(false);
  expect(await hashPassword("correct horse battery")).not.toBe(hash);
});

// From the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
test("a hash that another implementation of Argon2id made is understood", async () => {
  const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  expect(await isPassword("password", hash)).toBe(true);
});

test("the same letters typed in two ways are the same password", async () => {
  const composed = "їжачок і кава, й годі";
  expect(await isPassword(composed.normalize("NFD"), await hashPassword(composed.normalize("NFC")))).toBe(
    true,
  );
});

test.for([
  ["too short", "short one"],
  ["too long", "a".repeat(201)],
  ["all of a kind", "aaaaaaaaaaaaaaaa"],
])("refused: %s", async ([, password = ""]) => {
  await expect(hashPassword(password)).rejects.toMatchObject({ code: "PASSWORD_WEAK" });
});

test.for(["", "plain", "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$abc", NOBODYS])(
  "nothing fits what is no hash of a password: %s",
  async (hash) => {
    expect(await isPassword("correct horse battery", hash)).toBe(false);
  },
);
