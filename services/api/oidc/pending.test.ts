import fc from "fast-check";
import { expect, test } from "vitest";
import { ownPath, type Pending, pendingCookie, readPending } from "./pending.ts";

const PENDING: Pending = {
  state: "s".repeat(43),
  nonce: "n".repeat(43),
  verifier: "v".repeat(43),
  return_to: "/events/1",
  began_ms: 1_000,
};
const http = { protocol: "http" } as const;
const sent = (cookie: string) => ({ ...http, headers: { cookie: cookie.split(";")[0] ?? "" } });

test("what was begun comes back in the browser that began it, for ten minutes", () => {
  const cookie = pendingCookie(PENDING, http);
  expect(cookie).toMatch(/^yardline-oidc=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
  expect(readPending(sent(cookie), 1_000)).toEqual(PENDING);
  expect(readPending(sent(cookie), 600_999)).toEqual(PENDING);
  expect([999, 601_000].map((now_ms) => readPending(sent(cookie), now_ms))).toEqual([undefined, undefined]);
});

test.for(["", "yardline-oidc=", "yardline-oidc=bm8", "yardline-oidc=e30", "yardline-oidc=bnVsbA"])(
  "nothing was begun: %s",
  (cookie) => {
    expect(readPending(sent(cookie), 1_000)).toBe(undefined);
  },
);

test.for([
  ["/", "/"],
  ["/events/1?x=1#y", "/events/1?x=1#y"],
  [undefined, "/"],
  ["", "/"],
  ["events", "/"],
  ["//evil.example", "/"],
  ["///evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/x/..//evil.example", "/"],
  ["/%2e//evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/\u0000", "/"],
] as const)("whoever asks to be sent to %s goes to %s", ([asked, path]) => {
  expect(ownPath(asked)).toBe(path);
});

test("wherever one asks to be sent, it is here", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."/\\.:@%2e#?\t x") }), (asked) => {
      expect(new URL(ownPath(`/${asked}`), "https://town.example").host).toBe("town.example");
    }),
  );
});
