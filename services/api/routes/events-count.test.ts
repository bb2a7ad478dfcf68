import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

test("counts what a search finds, and says whether that is all", async () => {
  const index = memoryIndex([presence(), stopVisit(), presence(9, { tenant: "neighbour" })]);
  const app = await testApp({ index });
  expect((await app.inject("/v1/events/count")).json()).toEqual({ value: 2, exact: true });
  expect((await app.inject("/v1/events/count?q=label:person")).json()).toEqual({ value: 1, exact: true });
  const many = await testApp({ index: { ...index, count: async () => ({ value: 10_000, exact: false }) } });
  expect((await many.inject("/v1/events/count")).json()).toEqual({ value: 10_000, exact: false });
});

test("refuses what a search refuses", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/events/count?q=zoen:x")).json().errors).toHaveLength(1);
  expect((await app.inject("/v1/events/count?limit=5")).statusCode).toBe(400);
});
