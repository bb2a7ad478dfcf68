import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { NOON_MS } from "../testing/scenes.ts";

const AREA = { id: "centre", name: "Центр", cameras: ["yard"] };
const HOUR_MS = 3_600_000;

test("whole past hours of fixed areas, and nothing of those with few", async () => {
  const hours = new Map([
    [NOON_MS - 2 * HOUR_MS, [{ area: "centre" }]],
    [NOON_MS - 3 * HOUR_MS, [{ area: "centre", count: 7 }]],
  ]);
  const app = await testApp({ public_counts: { areas: [AREA], listHours: async () => hours } });
  const answer = await app.inject("/v1/public/counts?day=2026-11-22");
  expect(answer.json()).toEqual({
    ...{ day: "2026-11-22", counts_min: 5 },
    areas: [
      {
        ...{ id: "centre", name: "Центр" },
        hours: [{ from: "2026-11-22T09:00:00.000Z", count: 7 }, { from: "2026-11-22T10:00:00.000Z" }],
      },
    ],
  });
  expect(answer.headers["cache-control"]).toBe("public, max-age=300");
});

test.for([
  "label=person",
  "from=2026-11-22T09:15:00Z",
  "q=label:person",
  "camera=yard",
  "day=2026-13-40",
  "day=now",
])("there is no filter: %s is refused or has no effect", async (query) => {
  const asked: number[] = [];
  const listHours = async (day_ms: number) => {
    asked.push(day_ms);
    return new Map();
  };
  const app = await testApp({ public_counts: { areas: [AREA], listHours } });
  const answer = await app.inject(`/v1/public/counts?${query}`);
  if (answer.statusCode === 200) expect(asked).toEqual([Date.parse("2026-11-22T00:00:00Z")]);
  else expect([answer.statusCode, asked]).toEqual([400, []]);
});

test("a town that counts nothing says so", async () => {
  expect((await (await testApp()).inject("/v1/public/counts")).statusCode).toBe(404);
});
