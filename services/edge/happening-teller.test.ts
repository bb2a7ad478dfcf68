import { yardPresence } from "@yardline/events/yard-presence";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import { HappeningTeller } from "./happening-teller.ts";
import { Outbox } from "./outbox.ts";
import { CONTINUOUS } from "./recording-plan.ts";
import { MemoryMedia, quiet, SaidProducer, type Standing, YardDetector, yardFrame } from "./testing.ts";
import { Watching } from "./watching.ts";
import { Whereabouts } from "./whereabouts.ts";

/** The drawn yard is so empty that a camera which loses somebody from sight thinks itself covered. */
const PRESENCE_ALONE = {
  ...PRESENCE_EVERYWHERE,
  rules: PRESENCE_EVERYWHERE.rules.filter(({ rule }) => rule.at !== "camera"),
};
const START_MS = Date.parse("2026-11-22T08:00:00Z");

/** Watches a drawn yard and tells of it. */
async function tell(
  people: (t_s: number) => readonly Standing[],
  until_s: number,
  media = new MemoryMedia(),
  whereabouts = new Whereabouts({ place: { latitude: 50, longitude: 30 } }),
) {
  const producer = new SaidProducer();
  const outbox = new Outbox({ signal: new AbortController().signal, onGivenUp: () => expect.unreachable() });
  let now_ms = START_MS;
  const teller = new HappeningTeller({
    camera: "gate",
    whereabouts,
    recorded: false,
    recording: { ...CONTINUOUS, post_roll_ms: 9_000 },
    media,
    producer,
    outbox,
    clock: { now_ms: () => now_ms + 50, monotonic_ms: () => now_ms },
    log: quiet,
  });
  const watching = new Watching({
    detector: new YardDetector(),
    idOf: (serial) => `track-${serial}`,
    scene: PRESENCE_ALONE,
    keepPictures: true,
  });
  for (let t = 0; t <= until_s * 5; t++) {
    now_ms = START_MS + t * 200;
    teller.take(await watching.take(yardFrame("gate", now_ms, people(t / 5))));
    // As live: the next frame comes later than what the last one gave to say.
    await outbox.settled();
  }
  teller.end(watching.end(now_ms));
  await outbox.settled();
  return { said: producer.said, media };
}

test("a stay is opened with a snapshot, told again after half a minute, and closed with a clip around it", async () => {
  const { said, media } = await tell((t_s) => (t_s >= 1 && t_s < 40 ? [[150, 170]] : []), 50);
  expect(said.map(({ state }) => state)).toEqual(["open", "updated", "closed"]);
  expect(said[0]).toMatchObject({
    source: "camera/gate",
    place: { latitude: 50, longitude: 30 },
    data: { label: "person", since: "2026-11-22T08:00:01.000Z", until: "2026-11-22T08:00:01.200Z" },
  });
  expect(said[2]?.data).toMatchObject({
    until: "2026-11-22T08:00:39.400Z",
    clip: { from: "2026-11-22T07:59:56.000Z", to: "2026-11-22T08:00:48.400Z" },
    ended: "left",
  });
  for (const { data } of said) {
    expect([...Value.Errors(yardPresence.data, data)]).toEqual([]);
    expect(media.snapshots.has(String(data["snapshot"]))).toBe(true);
  }
});

test("a better picture replaces the snapshot, its box with it", async () => {
  // Comes in from below: only the head at first, the whole person later.
  const { said, media } = await tell((t_s) => [[150, Math.round(Math.max(175, 260 - t_s * 20))]], 12);
  const [opened, closed] = [said[0]?.data, said.at(-1)?.data];
  expect(media.snapshots.size).toBe(2);
  expect(opened?.["snapshot"]).not.toBe(closed?.["snapshot"]);
  expect(closed?.["ended"]).toBe("lost");
});

test("a store that fails costs the snapshot and not the event", async () => {
  const media = new MemoryMedia();
  media.putSnapshot = async () => {
    throw new Error("disk full");
  };
  const { said } = await tell((t_s) => (t_s >= 1 ? [[150, 170]] : []), 4, media);
  expect(said.map(({ state, data }) => [state, data["snapshot"]])).toEqual([
    ["open", undefined],
    ["closed", undefined],
  ]);
});
