import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence, stopVisit } from "../testing/scenes.ts";

/** About 100 m north of the yard. */
const NEARBY = { latitude: 49.8409, longitude: 24.03 };
const FAR = { latitude: 49.85, longitude: 24.03 };
const EVENTS = {
  itself: presence(0),
  before: stopVisit(-600, { place: NEARBY }),
  same: presence(0, { data: { track: "another" } }),
  after: stopVisit(600),
  "too early": stopVisit(-601),
  "too late": presence(601),
  "too far": stopVisit(1, { place: FAR }),
  placeless: presence(30, { data: { track: "nowhere" } }),
  "of the neighbour": presence(2, { tenant: "neighbour" }),
};
const { place: _, ...placeless } = EVENTS.placeless;
const shared = sharedApp(() => ({
  index: memoryIndex([...Object.values(EVENTS).filter((each) => each !== EVENTS.placeless), placeless]),
}));
const nameOf = (occurrence: string) =>
  Object.entries(EVENTS).find(([, event]) => event.occurrence === occurrence)?.[0];

async function ask(query = "", of: keyof typeof EVENTS = "itself") {
  return shared().inject(`/v1/events/${EVENTS[of].occurrence}/neighbours?${query}`);
}
const namesIn = (answer: { json(): unknown }) =>
  (answer.json() as { neighbours: { event: { occurrence: string } }[] }).neighbours.map(({ event }) =>
    nameOf(event.occurrence),
  );

test("what else happened within 300 m and ten minutes, oldest first, and where the buses are told", async () => {
  const answer = await ask();
  const { neighbours, passages, cursor } = answer.json();
  expect(
    neighbours.map(({ event, ...near }: { event: { occurrence: string } }) => [
      nameOf(event.occurrence),
      near,
    ]),
  ).toEqual([
    ["before", { distance_m: 100, offset_s: -600 }],
    ["same", { distance_m: 0, offset_s: 0 }],
    ["after", { distance_m: 0, offset_s: 600 }],
  ]);
  expect(passages).toBe(
    "/v1/passages?near=49.84,24.03,300&from=2026-11-22T11:50:00.000Z&to=2026-11-22T12:10:00.001Z",
  );
  expect(cursor).toBe(undefined);
  expect((await shared().inject(passages)).statusCode).toBe(200);
});

test.for([
  ["within_m=2000", ["before", "same", "too far", "after"]],
  ["within_m=99", ["same", "after"]],
  ["within_s=601", ["too early", "before", "same", "after", "too late"]],
  ["within_s=1", ["same"]],
] as const)("?%s", async ([query, names]) => {
  expect(namesIn(await ask(query))).toEqual(names);
});

test("page by page", async () => {
  const first = await ask("limit=2");
  const { cursor } = first.json();
  const second = await ask(`limit=2&cursor=${cursor}`);
  expect([...namesIn(first), ...namesIn(second)]).toEqual(["before", "same", "after"]);
});

test.for([
  ["of an event without a place", "placeless", "", 409, "event-placeless"],
  ["of another tenant's", "of the neighbour", "", 404, "event-unknown"],
  ["of a circle too large", "itself", "within_m=1e9", 400, "invalid-request"],
  ["of a time too long", "itself", "within_s=86401", 400, "invalid-request"],
] as const)("refused %s", async ([, of, query, status, kind]) => {
  const answer = await ask(query, of);
  expect([answer.statusCode, answer.json().type]).toEqual([status, `urn:yardline:problem:${kind}`]);
});
