import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { fakeDispatch } from "../testing/dispatch.ts";

const shared = sharedApp(() => ({ dispatch: fakeDispatch() }));

test("a block with its runs, who was given it and who drives it", async () => {
  const { blocks } = (await shared().inject("/v1/blocks")).json();
  expect(blocks).toEqual([
    {
      feed: "demo",
      service_date: "20261122",
      block_id: "b1",
      runs: [
        {
          trip_id: "t1",
          route_id: "r3",
          starts_at: "2026-11-22T12:00:00.000Z",
          ends_at: "2026-11-22T12:30:00.000Z",
          cancelled: true,
          added: false,
        },
      ],
      assigned: ["8"],
      driven_by: [{ vehicle_id: "7", trip_id: "t1", confidence: 0.9 }],
    },
  ]);
});

test("a day that is none", async () => {
  expect((await shared().inject("/v1/blocks?date=20260230")).statusCode).toBe(400);
});
