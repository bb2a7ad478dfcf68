import type { BusRecord } from "@yardline/bus/event-bus";
import { handClock } from "@yardline/testkit/hand-clock";
import pino from "pino";
import { expect, test } from "vitest";
import { openConversation } from "./conversation.ts";
import type { DeviceDirectory } from "./devices.ts";
import { openOutbox } from "./outbox.ts";
import { NOW } from "./testing.ts";

function conversation(unknown: readonly string[] = []) {
  const published: BusRecord[] = [];
  const noted: string[] = [];
  const devices: DeviceDirectory = {
    findVehicle: async (_protocol, device_id) =>
      unknown.includes(device_id) ? undefined : `bus ${device_id}`,
    noteUnknown: async (_protocol, device_id) => {
      noted.push(device_id);
      return true;
    },
  };
  const bus = {
    publish: async (_topic: string, records: readonly BusRecord[]) => void published.push(...records),
  };
  const talk = openConversation({
    ...{ protocol: "egts", address: "10.0.0.1:1", devices, outbox: openOutbox(bus, "feed/trackers") },
    ...{ clock: handClock(NOW), log: pino({ level: "silent" }), onSpeaker: () => {} },
  });
  return { hear: talk.hear, keys: () => published.map(({ key }) => key), noted };
}

const fix = (device_id?: string) => ({
  ...{ at_ms: NOW, latitude: 50, longitude: 30, valid: true, buffered: false },
  ...(device_id !== undefined && { device_id }),
});

test("places that a platform passes on go to their own vehicles; those of unknown devices are noted", async () => {
  const { hear, keys, noted } = conversation(["3"]);
  const answer = Uint8Array.of(1);
  const reply = await hear([{ fixes: [fix("1"), fix("2"), fix("3"), fix("1")], answer }]);
  expect(reply).toEqual({ answers: [answer] });
  expect(keys()).toEqual(["bus 1", "bus 1", "bus 2"]);
  expect(noted).toEqual(["3"]);
});

test("a place of nobody still needs a login", async () => {
  const { hear, keys } = conversation();
  expect(await hear([{ fixes: [fix("1"), fix()] }])).toEqual({
    answers: [],
    ending: { reason: "not-logged-in" },
  });
  expect(keys()).toEqual([]);
});

test("an answer that tells the time is made when it is sent", async () => {
  const { hear } = conversation();
  const answerAt = (now_ms: number) => Uint8Array.of(now_ms === NOW ? 1 : 0);
  expect(await hear([{ device_id: "1", fixes: [], answerAt }])).toEqual({ answers: [Uint8Array.of(1)] });
});
