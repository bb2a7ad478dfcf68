import { Shares } from "@yardline/tenancy/shares";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import type { TransitView } from "../parts.ts";
import type { SharedLines } from "../shared-lines.ts";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { NOON_MS, TRANSIT } from "../testing/scenes.ts";

const [LINE] = TRANSIT.listLines();
/** Line 3 goes over the border, line 5 stays at home. */
const VIEW: TransitView = {
  ...TRANSIT,
  listLines: () =>
    LINE
      ? [
          { ...LINE, stop_ids: ["market"] },
          { ...LINE, route_id: "r5", stop_ids: ["вокзал/1"] },
        ]
      : [],
};
const ASKED = {
  to: { tenant: "lypivka", name: "Липівка", signed_by: "І. Мороз" },
  ...{
    route_ids: ["r3"],
    what: ["vehicles", "arrivals"],
    purpose: "line 3 runs to Lypivka",
    signed_by: "О. Коваль",
  },
};

async function towns() {
  const people = await testIdentity();
  const clock = handClock(NOON_MS);
  const shares = new Shares(people.records);
  // Two doors on the same records, as two processes have them.
  const [app, other] = await Promise.all(
    [0, 1].map(() => testApp({ identity: people.identity, shares, transit: VIEW, clock })),
  );
  const headers = await people.headersOf("administrator");
  const make = async (body: object = ASKED) =>
    app?.inject({ method: "POST", url: "/v1/shares", headers, payload: body });
  const ask = async (token: string, url = "/v1/shared") =>
    other?.inject({ url, headers: { authorization: `Bearer ${token}` } });
  const end = async (id: string) =>
    app?.inject({
      method: "POST",
      url: `/v1/shares/${id}/end`,
      headers,
      payload: { why: "line 3 is given up" },
    });
  return { ...people, app, clock, headers, make, ask, end };
}

test("a neighbour's box gets the lines that were agreed, their stops, vehicles and arrivals, and nothing else", async () => {
  const { make, ask } = await towns();
  const made = await make();
  expect(made?.statusCode).toBe(201);
  const answer = await ask(made?.json().token);
  const shared = answer?.json<SharedLines>();
  expect(Object.keys(shared ?? {}).toSorted()).toEqual([
    ...["arrivals", "from", "lines", "made_at", "purpose", "stops", "vehicles"],
  ]);
  expect(shared?.from).toEqual({ tenant: "demo", name: "Demo" });
  expect(shared?.lines.map(({ route_id }) => route_id)).toEqual(["r3"]);
  expect(shared?.stops.map(({ stop_id }) => stop_id)).toEqual(["market"]);
  expect(shared?.vehicles.map(({ vehicle_id }) => vehicle_id)).toEqual(["7"]);
  expect(shared?.arrivals.map(({ run }) => run.route_id)).toEqual(["r3"]);
  for (const url of ["/v1/shared/vehicle-positions.pb", "/v1/shared/trip-updates.pb"]) {
    const feed = await ask(made?.json().token, url);
    expect([feed?.statusCode, feed?.rawPayload.includes("r3"), feed?.rawPayload.includes("r99")]).toEqual([
      200,
      true,
      false,
    ]);
  }
});

test("it opens nothing else at all: not the events, not the cameras, not the other share", async () => {
  const { make, ask } = await towns();
  const token = (await make())?.json().token;
  for (const url of [
    "/v1/cameras",
    "/v1/events",
    "/v1/events/stream",
    "/v1/shares",
    "/v1/dispatch/vehicles",
    "/v1/people",
  ]) {
    expect([url, (await ask(token, url))?.statusCode]).toEqual([url, 401]);
  }
});

test("ended at one door it gives nothing at another from that moment, and so does one whose time is over", async () => {
  const { make, ask, end, clock, app, headers } = await towns();
  const [first, second] = [await make(), await make({ ...ASKED, until: "2026-11-22T12:01:00Z" })];
  const [kept, timed] = [first?.json(), second?.json()];
  expect((await ask(timed.token))?.statusCode).toBe(200);
  expect((await end(kept.share.id))?.json()).toMatchObject({
    in_force: false,
    ended: { by: "administrator" },
  });
  expect((await ask(kept.token))?.statusCode).toBe(401);
  clock.advance(60_000);
  expect((await ask(timed.token))?.statusCode).toBe(401);
  const listed = await app?.inject({ url: "/v1/shares", headers });
  expect(listed?.json().shares.map((each: { in_force: boolean }) => each.in_force)).toEqual([false, false]);
  expect(listed?.body).not.toMatch(/yls_|digest/);
});

test("what is not ours is not shared, and what is wrong is said", async () => {
  const { make, end } = await towns();
  expect((await make({ ...ASKED, route_ids: ["lypivka~r1"] }))?.json().type).toBe(
    "urn:yardline:problem:line-unknown",
  );
  expect((await make({ ...ASKED, what: ["cameras"] }))?.statusCode).toBe(400);
  expect((await make({ ...ASKED, cameras: ["yard"] }))?.statusCode).toBe(400);
  expect((await make({ ...ASKED, to: { ...ASKED.to, tenant: "demo" } }))?.json().type).toBe(
    "urn:yardline:problem:share-wrong",
  );
  expect((await end("0123456789ab"))?.json().type).toBe("urn:yardline:problem:share-unknown");
});
