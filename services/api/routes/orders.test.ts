import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { CANCELLED, fakeDispatch } from "../testing/dispatch.ts";

const shared = sharedApp(() => ({ dispatch: fakeDispatch() }));
const WHO = { by: "Olha", why: "the driver came" };

test("orders with what became of them", async () => {
  const response = await shared().inject("/v1/orders");
  expect(response.json()).toEqual({
    revision: 1,
    orders: [{ order: CANCELLED, state: "in-force", ends_at: "2026-11-22T16:00:00.000Z" }],
  });
});

test("undoing is an order too", async () => {
  const response = await shared().inject({ method: "POST", url: "/v1/orders/1/undo", payload: WHO });
  expect(response.statusCode).toBe(201);
  expect(response.json()).toMatchObject({ id: "3", ...WHO, what: { order: "undo", of: "1" } });
});

test.for([
  { name: "undone twice", url: "/v1/orders/2/undo", payload: WHO, status: 409, kind: "order-undone" },
  {
    name: "a trip that does not exist",
    url: "/v1/orders",
    payload: { ...WHO, what: { order: "cancel", run: { service_date: "20261122", trip_id: "t9" } } },
    status: 404,
    kind: "order-unknown-run",
  },
  {
    name: "nobody who orders it",
    url: "/v1/orders",
    payload: { why: "?" },
    status: 400,
    kind: "invalid-request",
  },
  {
    name: "an order of no kind",
    url: "/v1/orders",
    payload: { ...WHO, what: { order: "fly", vehicle_id: "7" } },
    status: 400,
    kind: "invalid-request",
  },
])("$name is refused with $status", async ({ url, payload, status, kind }) => {
  const response = await shared().inject({ method: "POST", url, payload });
  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ status, type: `urn:yardline:problem:${kind}` });
});

test("another site's page may not order", async () => {
  const headers = { origin: "https://example.org" };
  const response = await shared().inject({ method: "POST", url: "/v1/orders/1/undo", payload: WHO, headers });
  expect(response.statusCode).toBe(403);
});
