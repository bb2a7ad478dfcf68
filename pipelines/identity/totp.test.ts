import { expect, test } from "vitest";
import { codeOf, stepOf, totpUri } from "./totp.ts";

const SECRET = Buffer.from("12345678901234567890");

// RFC 6238, appendix B; its codes have eight digits, of which the last six are ours.
test.for([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
] as const)("the code of second %s", ([second, code]) => {
  expect(codeOf(SECRET, second * 1_000)).toBe(code);
});

test("a code is good one step early or late, and once", () => {
  const now_ms = 1_234_567_890_000;
  const code = codeOf(SECRET, now_ms);
  const steps = [-60, -30, 0, 30, 60].map((off) => stepOf(code, SECRET, now_ms + off * 1_000));
  const step = Math.floor(now_ms / 30_000);
  expect(steps).toEqual([undefined, step, step, step, undefined]);
  expect(stepOf(code, SECRET, now_ms, step)).toBe(undefined);
  expect(stepOf(code, SECRET, now_ms, step - 1)).toBe(step);
});

test.for(["", "00592", "0059244", "abcdef", "００５９２４"])("no code: %s", (code) => {
  expect(stepOf(code, SECRET, 1_234_567_890_000)).toBe(undefined);
});

test("what an authenticator app reads", () => {
  expect(totpUri(Buffer.from("Hello!\xde\xad\xbe\xef", "latin1"), "olena", "Місто Y")).toBe(
    `otpauth://totp/${encodeURIComponent("Місто Y")}:olena?secret=JBSWY3DPEHPK3PXP&issuer=%D0%9C%D1%96%D1%81%D1%82%D0%BE+Y`,
  );
});
