import { handClock } from "@yardline/testkit/hand-clock";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Allowances, askerOf } from "./rate-limit.ts";
import { testApp } from "./testing/app.ts";
import { testIdentity } from "./testing/people.ts";
import { NOON_MS } from "./testing/scenes.ts";

const QUOTA = { requests: 3, window_ms: 9_000 };
const CARRIER = "203.0.113.7";
const LIMITS = { address_requests_max: 3, account_requests_max: 2, rate_window_ms: 6_000 };

test("what was used comes back evenly", () => {
  const allowances = new Allowances(10);
  const at = (s: number) => allowances.take("a", QUOTA, NOON_MS + s * 1_000);
  expect([0, 0, 0, 0, 2, 3, 3, 12].map(at)).toEqual([
    { allowed: true, remaining: 2, wait_ms: 0, reset_ms: 3_000 },
    { allowed: true, remaining: 1, wait_ms: 0, reset_ms: 6_000 },
    { allowed: true, remaining: 0, wait_ms: 0, reset_ms: 9_000 },
    { allowed: false, remaining: 0, wait_ms: 3_000, reset_ms: 9_000 },
    { allowed: false, remaining: 0, wait_ms: 1_000, reset_ms: 7_000 },
    { allowed: true, remaining: 0, wait_ms: 0, reset_ms: 9_000 },
    { allowed: false, remaining: 0, wait_ms: 3_000, reset_ms: 9_000 },
    { allowed: true, remaining: 2, wait_ms: 0, reset_ms: 3_000 },
  ]);
});

test("in no window, beginning anywhere, are more let in than twice the quota; a clock put back locks nobody out", () => {
  const quota = { requests: 5, window_ms: 1_000 };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2_000, max: 400 }), { maxLength: 200 }), (steps) => {
      const allowances = new Allowances(10);
      let now_ms = NOON_MS;
      const let_in: number[] = [];
      for (const step of steps) {
        now_ms += step < 0 && step > -1_900 ? 0 : step;
        const { allowed, wait_ms } = allowances.take("a", quota, now_ms);
        if (allowed) let_in.push(now_ms);
        expect(wait_ms).toBeLessThanOrEqual(quota.window_ms);
      }
      const forward = steps.every((step) => step > -1_900);
      const busiest = Math.max(
        0,
        ...let_in.map((from) => let_in.filter((at) => at >= from && at < from + quota.window_ms).length),
      );
      if (forward) expect(busiest).toBeLessThanOrEqual(2 * quota.requests);
    }),
  );
});

test("askers are told apart, and forgotten when there are too many of them, whoever asked longest ago first", () => {
  const allowances = new Allowances(2);
  const once = { requests: 1, window_ms: 60_000 };
  const allowed = (asker: string) => allowances.take(asker, once, NOON_MS).allowed;
  expect(["a", "b", "a", "c", "a", "b"].map(allowed)).toEqual([true, true, false, true, false, true]);
  expect(allowances.size).toBe(2);
});

test.for([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1::7", "2001:db8:1:0"],
  ["2001:db8::1:2:3:4:5", "2001:db8:0:1"],
  ["127.0.0.1", undefined],
  ["::1", undefined],
  ["::ffff:127.0.0.1", undefined],
] as const)("whoever comes from %s is counted as %s", ([address, id]) => {
  expect(askerOf({ grants: [] }, address)?.id).toBe(id);
});

test("an address is told what is left, then when to come back; another is not touched by it", async () => {
  const clock = handClock(NOON_MS);
  const app = await testApp({ limits: LIMITS, clock });
  const ask = (remoteAddress = CARRIER) => app.inject({ url: "/v1/town", remoteAddress });
  const told = [await ask(), await ask(), await ask(), await ask()].map(({ statusCode, headers }) => [
    statusCode,
    headers["ratelimit"],
    headers["retry-after"],
  ]);
  expect(told).toEqual([
    [200, '"address";r=2;t=2', undefined],
    [200, '"address";r=1;t=4', undefined],
    [200, '"address";r=0;t=6', undefined],
    [429, '"address";r=0;t=6', "2"],
  ]);
  const refused = await ask();
  expect(refused.headers["ratelimit-policy"]).toBe('"address";q=3;w=6');
  expect(refused.json()).toMatchObject({ type: "urn:yardline:problem:too-many-requests", status: 429 });
  expect((await ask("203.0.113.8")).statusCode).toBe(200);
  expect((await app.inject("/v1/town")).headers["ratelimit"]).toBe(undefined);
  clock.setNow(NOON_MS + 2_000);
  expect((await ask()).statusCode).toBe(200);
  expect((await app.inject("/metrics")).body).toContain(
    'yardline_api_requests_limited_total{kind="address"} 2',
  );
});

test("who is signed in is counted by their account, not with the address that they share; a token by itself", async () => {
  const { identity, headersOf } = await testIdentity();
  const app = await testApp({ identity, limits: LIMITS });
  const cookie = await headersOf("dispatcher");
  const wish = { what_for: "all", login: "dispatcher", expires_ms: NOON_MS + 86_400_000 };
  const made = await identity.tokens.make({ ...wish, rights: ["live"] }, NOON_MS);
  const token = { authorization: `Bearer ${made}` };
  const ask = async (headers: Record<string, string>) => {
    const answer = await app.inject({ url: "/v1/cameras", headers, remoteAddress: CARRIER });
    return [answer.statusCode, answer.headers["ratelimit"]];
  };
  for (let n = 0; n < 3; n++) await ask({});
  expect(await ask({})).toEqual([429, '"address";r=0;t=6']);
  expect(await ask(cookie)).toEqual([200, '"account";r=1;t=3']);
  expect(await ask(cookie)).toEqual([200, '"account";r=0;t=6']);
  expect(await ask(cookie)).toEqual([429, '"account";r=0;t=6']);
  expect(await ask(token)).toEqual([200, '"token";r=1;t=3']);
});

test("trying out tokens is counted by address, and nobody who has a good one is hurt by it", async () => {
  const { identity, headersOf } = await testIdentity();
  const app = await testApp({ identity, limits: LIMITS });
  const ask = async (headers: Record<string, string>) =>
    (await app.inject({ url: "/v1/cameras", headers, remoteAddress: CARRIER })).statusCode;
  const wrong = { authorization: `Bearer yl_0123456789ab_${"A".repeat(43)}` };
  expect([await ask(wrong), await ask(wrong), await ask(wrong), await ask(wrong)]).toEqual([
    401, 401, 401, 429,
  ]);
  expect(await ask(await headersOf("dispatcher"))).toBe(200);
});
