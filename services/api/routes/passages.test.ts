import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { fakeDispatch } from "../testing/dispatch.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { NOON_MS, presence, stopVisit } from "../testing/scenes.ts";

const ASKED = "/v1/passages?near=49.84,24.03,300&from=2026-11-22T11:50:00Z&to=2026-11-22T12:10:00Z";
const at = (s: number) => new Date(NOON_MS + s * 1_000).toISOString();
const call = (after_s: number) => ({
  occurrence: stopVisit(after_s).occurrence,
  ...{ stop_id: "market", stop_name: "Market", route_id: "r3", route_short_name: "3" },
  ...{ trip_id: "t1", service_date: "20261122", arrived_at: at(after_s) },
});

test("where positions are kept they tell, with the calls that fall into them; other calls tell by themselves", async () => {
  const asked: unknown[] = [];
  const app = await testApp({
    index: memoryIndex([stopVisit(30), stopVisit(-300), presence(), stopVisit(3_600)]),
    dispatch: {
      ...fakeDispatch(),
      listPassages(...question) {
        asked.push(question);
        const passage = { vehicle_id: "7", from_ms: NOON_MS, to_ms: NOON_MS + 60_000 };
        return {
          since_ms: NOON_MS - 60_000,
          passages: [{ ...passage, nearest_at_ms: NOON_MS + 20_000, nearest_m: 12.4 }],
        };
      },
    },
  });
  expect((await app.inject(ASKED)).json()).toEqual({
    passages: [
      {
        ...{ vehicle_id: "7", basis: "stop-visit", from: at(-300), to: at(-300) },
        ...{ nearest_at: at(-300), nearest_m: 0, calls: [call(-300)] },
      },
      {
        ...{ vehicle_id: "7", basis: "positions", from: at(0), to: at(60) },
        ...{ nearest_at: at(20), nearest_m: 12, calls: [call(30)] },
      },
    ],
    positions_since: at(-60),
    complete: true,
  });
  const circle = { op: "circle", center: { latitude: 49.84, longitude: 24.03 }, radius_m: 300 };
  expect(asked).toEqual([[circle, NOON_MS - 600_000, NOON_MS + 600_000]]);
});

test("without kept positions only calls are told, and it says so; late buses are found by when they came", async () => {
  const late = stopVisit(-3_600);
  const came = { ...late.data, arrived_at: at(60), departed_at: at(80), delay_s: 3_660 };
  const app = await testApp({ index: memoryIndex([{ ...late, data: came }, stopVisit(700)]) });
  const { passages, ...rest } = (await app.inject(ASKED)).json();
  expect(passages).toEqual([expect.objectContaining({ basis: "stop-visit", from: at(60), to: at(80) })]);
  expect(rest).toEqual({ complete: true });
});

test.for([
  ["/v1/passages?near=49.84,24.03,300&from=2026-11-22T11:50:00Z", "to"],
  [ASKED.replace("12:10", "14:10"), "two hours"],
  [ASKED.replace("near=49.84,24.03,300", "near=49.84,24.03,0"), "radius"],
] as const)("%s is refused", async ([url, reason]) => {
  const app = await testApp();
  const response = await app.inject(url);
  expect([response.statusCode, response.json().detail]).toEqual([400, expect.stringContaining(reason)]);
});
