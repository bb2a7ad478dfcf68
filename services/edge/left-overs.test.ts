import { cameraLost } from "@yardline/events/camera-lost";
import { stateEvent } from "@yardline/events/event-type";
import { yardPresence } from "@yardline/events/yard-presence";
import { expect, test } from "vitest";
import { closeLeftOvers } from "./left-overs.ts";
import { SaidProducer } from "./testing.ts";

const at = "2026-11-22T08:00:00.000Z";
const statement = (source: string) =>
  ({ source, tenant: "town", revision: 0, state: "open", severity: "info" }) as const;
const gapOf = (camera: string) =>
  stateEvent(cameraLost, { camera, since: at, why: "silent", attempts: 2 }, statement(`camera/${camera}`));

test("after a kill stays are closed as lost, gaps of our cameras go on, others' and those of no camera end or stay", async () => {
  const producer = new SaidProducer();
  const stay = stateEvent(
    yardPresence,
    {
      camera: "gate",
      rule: "presence",
      zone: "all",
      track: "t",
      label: "person",
      since: at,
      until: at,
      score: 0.9,
      sightings: 2,
      box: [0, 0, 1, 1],
    },
    statement("camera/gate"),
  );
  producer.open = [stay, gapOf("gate"), gapOf("sold"), { ...gapOf("bus"), source: "feed/bus" }];
  const gaps = await closeLeftOvers(producer, [{ id: "gate" }]);
  expect(gaps).toEqual([{ camera: "gate", since: at, why: "silent", attempts: 2 }]);
  expect(
    producer.said.map(({ source, state, data }) => [source, state, data["ended"], data["since"]]),
  ).toEqual([
    ["camera/gate", "closed", "lost", at],
    ["camera/sold", "closed", "lost", at],
  ]);
});

test("a gap of a stream goes on while the camera has two, and ends with the second one", async () => {
  const producer = new SaidProducer();
  const gap = { camera: "gate", stream: "sub", since: at, why: "silent", attempts: 2 } as const;
  producer.open = [stateEvent(cameraLost, gap, statement("camera/gate"))];
  expect(await closeLeftOvers(producer, [{ id: "gate", sub: "there" }])).toEqual([gap]);
  expect(producer.said).toEqual([]);
  expect(await closeLeftOvers(producer, [{ id: "gate" }])).toEqual([]);
  expect(producer.said).toMatchObject([{ state: "closed", data: { stream: "sub", ended: "lost" } }]);
});
