import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

const DAY_S = 86_400;
const EVENTS = [
  presence(0),
  presence(DAY_S, { data: { label: "dog" } }),
  presence(2 * DAY_S),
  stopVisit(5),
  presence(9, { tenant: "neighbour", data: { label: "car" } }),
];
const shared = sharedApp(() => ({ index: memoryIndex(EVENTS) }));
const PERIOD = "from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";

test("counts by several fields over days, the most frequent first", async () => {
  const { facets } = (
    await shared().inject(`/v1/events/facets?${PERIOD}&by=label&by=route&by=zone&by=camera&by=stop`)
  ).json();
  expect(facets).toEqual([
    {
      field: "label",
      values: [
        { value: "person", count: 2 },
        { value: "dog", count: 1 },
      ],
      others: 0,
    },
    {
      field: "route",
      values: [
        { value: "3", count: 1 },
        { value: "r3", count: 1 },
      ],
      others: 0,
    },
    { field: "zone", values: [{ value: "all", count: 3 }], others: 0 },
    { field: "camera", values: [{ value: "yard", count: 3 }], others: 0 },
    { field: "stop", values: [{ value: "market", count: 1 }], others: 0 },
  ]);
});

test("of what a search finds, and no more values than asked for", async () => {
  const { facets } = (await shared().inject(`/v1/events/facets?${PERIOD}&q=label:person&by=label`)).json();
  expect(facets).toEqual([{ field: "label", values: [{ value: "person", count: 2 }], others: 0 }]);
  const few = await shared().inject(`/v1/events/facets?${PERIOD}&by=route&limit=1`);
  expect(few.json().facets).toEqual([{ field: "route", values: [{ value: "3", count: 1 }], others: 1 }]);
});

test.for([
  [`${PERIOD}&by=plate`, "by"],
  [PERIOD, "by"],
  ["by=label", "both ends"],
  [`${PERIOD}&by=label&limit=1000`, "limit"],
] as const)("GET /v1/events/facets?%s is refused", async ([query, reason]) => {
  const response = await shared().inject(`/v1/events/facets?${query}`);
  expect([response.statusCode, response.json().detail]).toEqual([400, expect.stringContaining(reason)]);
});
