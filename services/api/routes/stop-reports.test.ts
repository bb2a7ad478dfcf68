import { stateEvent } from "@yardline/events/event-type";
import { transitMissedTrip } from "@yardline/events/transit-missed-trip";
import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { signedInPeople } from "../testing/people.ts";
import { NOON_MS, TENANT } from "../testing/scenes.ts";

function missed(at: string, route_id = "r3") {
  const facts = {
    feed: "demo",
    service_date: "20261122",
    trip_id: `${route_id} ${at}`,
    route_id,
    stop_id: "station",
    stop_sequence: 1,
    scheduled_at: `2026-11-22T${at}:00.000Z`,
    departure_time: `${at}:00`,
    waited_s: 900,
  };
  const statement = {
    source: "feed/demo",
    tenant: TENANT,
    revision: 1,
    state: "closed",
    severity: "notice",
  } as const;
  return stateEvent(transitMissedTrip, facts, statement);
}

async function stop() {
  const { identity, headersOf } = await signedInPeople();
  const [records, clock, index] = [memoryRecords(), handClock(NOON_MS), memoryIndex()];
  await index.put([missed("10:29"), missed("10:30"), missed("12:40"), missed("12:30", "r4")]);
  const app = await testApp({ identity, records, clock, index });
  const tap = (payload: object = { route_id: "r3" }, address = "10.0.0.1", stop_id = "market") =>
    app.inject({
      method: "POST",
      url: `/v1/stops/${encodeURIComponent(stop_id)}/reports`,
      payload,
      remoteAddress: address,
    });
  const headers = await headersOf("planner");
  const counts = async (query = "from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z") =>
    app.inject({ url: `/v1/stop-reports?${query}`, headers });
  return { tap, counts, records, clock };
}

test("who waited in vain says so without saying who they are; a second tap counts once", async () => {
  const { tap, counts, records } = await stop();
  const answers = [await tap(), await tap(), await tap({ route_id: "r3" }, "10.0.0.2"), await tap({})];
  expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(answers.map(() => [204, ""]));
  expect((await counts()).json()).toEqual({
    counts: [
      { hour: "2026-11-22T12:00:00.000Z", stop_id: "market", route_id: "r3", reports: 2, missed_trips: 2 },
      { hour: "2026-11-22T12:00:00.000Z", stop_id: "market", reports: 1, missed_trips: 0 },
    ],
  });
  const kept = JSON.stringify(await records.list("stop-report:2026-11-22"));
  expect(kept).not.toMatch(/10\.0\.0|127\.0/);
});

test("what the timetable does not have cannot be reported", async () => {
  const { tap, records } = await stop();
  expect((await tap({}, "10.0.0.1", "nowhere")).statusCode).toBe(404);
  expect((await tap({ route_id: "r9" })).statusCode).toBe(404);
  expect(await records.list("stop-report:2026-11-22")).toEqual([]);
});

test("a flood from everywhere is counted up to a limit, then told to come later", async () => {
  const { tap, counts } = await stop();
  const answers = await Promise.all(
    Array.from({ length: 80 }, (_, n) => tap({ route_id: "r3" }, `10.1.0.${n}`)),
  );
  const statuses = Map.groupBy(answers, ({ statusCode }) => statusCode);
  expect([statuses.get(204)?.length, statuses.get(429)?.length]).toEqual([60, 20]);
  expect(answers.find(({ statusCode }) => statusCode === 429)?.headers["retry-after"]).toBe("600");
  expect((await counts()).json().counts[0].reports).toBe(60);
});

test.for([
  [{ route_id: {} }],
  [{ route_id: "" }],
  [{ route_id: "a\u0000b" }],
  [{ route_id: "x".repeat(201) }],
  [{ who: "me" }],
  [[]],
])("%j is refused", async ([payload]) => {
  const { tap } = await stop();
  expect((await tap(payload)).statusCode).toBe(400);
});

test.for([
  "",
  "from=2026-11-22T00:00:00Z&to=2026-12-24T00:00:00Z",
  "from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z",
])("?%s is refused", async (query) => {
  const { counts } = await stop();
  expect((await counts(query)).statusCode).toBe(400);
});
