import { expect, test } from "vitest";
import { newRecoveryCodes, RECOVERY_CODES, withoutCode } from "./recovery.ts";

test("ten codes that people can copy, of which nothing is kept that could be typed", () => {
  const { codes, digests } = newRecoveryCodes();
  expect(new Set(codes).size).toBe(RECOVERY_CODES);
  for (const code of codes) {
    expect(code).toMatch(/^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/);
    expect(digests.join()).not.toContain(code);
  }
});

test("each is good once, however it is typed", () => {
  const { codes, digests } = newRecoveryCodes();
  const [code = ""] = codes;
  const after = withoutCode(` ${code.toUpperCase().replaceAll("-", " ")} `, digests);
  expect(after).toEqual(digests.slice(1));
  expect(withoutCode(code, after ?? [])).toBe(undefined);
});

test.for(["", "123456", "aaaa-aaaa-aaaa-aaaa", "x".repeat(10_000)])("no code: %s", (given) => {
  expect(withoutCode(given, newRecoveryCodes().digests)).toBe(undefined);
});
