import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { fakeDispatch } from "../testing/dispatch.ts";

const shared = sharedApp(() => ({ dispatch: fakeDispatch() }));
const HIDDEN = { town: { show: "off" }, lines: [], vehicles: [] };

test("everything is shown until somebody decides; who saw an older state is told", async () => {
  const app = shared();
  const url = "/v1/public-positions";
  expect((await app.inject(url)).json()).toEqual({
    revision: 0,
    policy: { town: { show: "on" }, lines: [], vehicles: [] },
  });
  const payload = { policy: HIDDEN, by: "Olha", why: "air alert", seen_revision: 0 };
  const decided = {
    revision: 1,
    policy: HIDDEN,
    by: "Olha",
    why: "air alert",
    at: "2026-11-22T12:00:00.000Z",
  };
  expect((await app.inject({ method: "PUT", url, payload })).json()).toEqual(decided);
  expect((await app.inject(url)).json()).toEqual(decided);
  expect((await app.inject({ method: "PUT", url, payload })).statusCode).toBe(409);
});

test.for([
  { town: { show: "delayed", delay_min: 0 } },
  { town: { show: "delayed" } },
  { town: { show: "coarsened", grid_m: 5 } },
  { town: { show: "maybe" } },
])("%j is no decision", async (policy) => {
  const app = shared();
  const payload = { policy: { ...HIDDEN, ...policy }, by: "Olha", why: "?", seen_revision: 0 };
  expect((await app.inject({ method: "PUT", url: "/v1/public-positions", payload })).statusCode).toBe(400);
});
