import { expect, test } from "vitest";
import { isPassword, sealPassword } from "./device-password.ts";

const salt = new Uint8Array(16).fill(7);

test("only the password that was sealed opens", () => {
  const sealed = sealPassword("слово", salt);
  expect(JSON.stringify(sealed)).not.toContain("слово");
  expect(isPassword(sealed, "слово")).toBe(true);
  expect(isPassword(sealed, "слова")).toBe(false);
  expect(isPassword(sealed, "")).toBe(false);
  expect(isPassword(sealed, undefined)).toBe(false);
});

test("another salt seals otherwise", () => {
  expect(sealPassword("a", salt)).not.toEqual(sealPassword("a", new Uint8Array(16)));
});
