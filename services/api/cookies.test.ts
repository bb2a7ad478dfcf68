import { expect, test } from "vitest";
import { cookieOf, readCookie } from "./cookies.ts";

const KEPT = { name: "yardline-session", value: "abc.def", lasts_s: 60, same_site: "Strict" } as const;
const asking = (cookie: string, protocol: "http" | "https" = "http") => ({ headers: { cookie }, protocol });

test("on an encrypted line the browser holds a cookie to this host", () => {
  expect(cookieOf(KEPT, { protocol: "https" })).toBe(
    "__Host-yardline-session=abc.def; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure",
  );
  expect(cookieOf({ ...KEPT, value: undefined }, { protocol: "http" })).toBe(
    "yardline-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
  );
});

test.for([
  ["yardline-session=abc.def", "abc.def"],
  ["other=1; yardline-session=abc.def; more=2", "abc.def"],
  ["yardline-session=abc.def;yardline-session=second", "abc.def"],
  ["xyardline-session=abc.def", undefined],
  ["__Host-yardline-session=abc.def", undefined],
  ["yardline-session=", undefined],
  ["yardline-session=a b", undefined],
  [`yardline-session=${"x".repeat(2_001)}`, undefined],
  ["", undefined],
] as const)("%s", ([cookie, value]) => {
  expect(readCookie("yardline-session", asking(cookie))).toBe(value);
});

test("what was planted without encryption is nothing on an encrypted line", () => {
  expect(readCookie("yardline-session", asking("yardline-session=planted", "https"))).toBe(undefined);
  expect(readCookie("yardline-session", asking("__Host-yardline-session=own", "https"))).toBe("own");
});
