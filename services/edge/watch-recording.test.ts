import { YardlineEvent } from "@yardline/events/event";
import { yardPresence } from "@yardline/events/yard-presence";
import { PRESENCE_EVERYWHERE } from "@yardline/rules/scene/scene-plan";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import type { BoxLine } from "./box-lines.ts";
import { type Standing, YARD_HEIGHT_PX, YARD_WIDTH_PX, YardDetector, yardFrame } from "./testing.ts";
import { RecordingWatch } from "./watch-recording.ts";

const START_MS = Date.parse("2026-11-22T08:00:00Z");
const SIZE = { width_px: YARD_WIDTH_PX, height_px: YARD_HEIGHT_PX };

/** One walks through from 1 s to 9 s; another stands there from 12 s to the end. */
function people(t_s: number): readonly Standing[] {
  const walking: Standing[] = t_s >= 1 && t_s < 9 ? [[Math.round((t_s - 1) * 40), 100]] : [];
  return t_s >= 12 ? [...walking, [200, 170]] : walking;
}

async function watchYard() {
  const watching = new RecordingWatch({
    camera: "gate",
    start_ms: START_MS,
    sight: { detector: new YardDetector() },
    source_px: SIZE,
    scene: PRESENCE_EVERYWHERE,
  });
  const boxes: BoxLine[] = [];
  for (let at_ms = 0; at_ms <= 50_000; at_ms += 200) {
    const progress = await watching.take(yardFrame("gate", START_MS + at_ms, people(at_ms / 1000)));
    boxes.push(...progress.boxes);
  }
  const { events, boxes: rest } = watching.end();
  return { events, boxes: [...boxes, ...rest] };
}

test("each visit is one event, whole and in the catalogue's form", async () => {
  const { events } = await watchYard();
  expect(events).toMatchObject([
    {
      source: "camera/gate",
      type: "yard.presence",
      time: "2026-11-22T08:00:01.000Z",
      state: "closed",
      revision: 1,
      data: { label: "person", until: "2026-11-22T08:00:08.800Z", ended: "left", recorded: true },
    },
    {
      time: "2026-11-22T08:00:12.000Z",
      state: "closed",
      // Who stands still is looked at ever more seldom; closed by the end of the recording.
      revision: 1,
      data: { label: "person", ended: "lost" },
    },
  ]);
  for (const event of events) {
    expect([...Value.Errors(YardlineEvent, event)]).toEqual([]);
    expect([...Value.Errors(yardPresence.data, event.data)]).toEqual([]);
  }
});

test("boxes are in pixels and in the order of time, the first ones of a later confirmed track included", async () => {
  const { events, boxes } = await watchYard();
  expect(boxes[0]).toEqual({
    t_s: 1,
    track: events[0]?.data["track"],
    label: "person",
    score: 0.9,
    box: [0, 40, 20, 100],
  });
  const times = boxes.map(({ t_s }) => t_s);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(boxes.map(({ track }) => track))).toEqual(new Set(events.map(({ data }) => data["track"])));
});

test("watching twice gives the same", async () => {
  expect(JSON.stringify(await watchYard())).toBe(JSON.stringify(await watchYard()));
});
