import type { BusRecord } from "@yardline/bus/event-bus";
import { egts } from "@yardline/sources/trackers/egts";
import { osmand } from "@yardline/sources/trackers/osmand";
import { handClock } from "@yardline/testkit/hand-clock";
import pino from "pino";
import { expect, test } from "vitest";
import { openCleaning } from "./cleaning.ts";
import { openConversation } from "./conversation.ts";
import type { DeviceDirectory } from "./devices.ts";
import { openOutbox } from "./outbox.ts";
import { NOW } from "./testing.ts";

function conversation(unknown: readonly string[] = [], protocol = egts) {
  const published: BusRecord[] = [];
  const noted: string[] = [];
  const devices: DeviceDirectory = {
    findDevice: async (_protocol, device_id) =>
      unknown.includes(device_id)
        ? undefined
        : {
            vehicle_id: `bus ${device_id}`,
            ...(device_id === "7" && { isPassword: (given) => given === "open" }),
          },
    noteUnknown: async (_protocol, device_id) => {
      noted.push(device_id);
      return true;
    },
  };
  const bus = {
    publish: async (_topic: string, records: readonly BusRecord[]) => void published.push(...records),
  };
  const talk = openConversation({
    ...{
      protocol,
      address: "10.0.0.1:1",
      devices,
      cleaning: openCleaning(),
      outbox: openOutbox(bus, "feed/trackers"),
    },
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

const [yes, no, wrong] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
const login = (device_id: string, password?: string) => ({
  ...{ device_id, fixes: [], answer: yes, refusal: no, password_refusal: wrong },
  ...(password !== undefined && { password }),
});

test("who named itself keeps the name: another one in mid-connection ends it unanswered", async () => {
  const { hear, keys, noted } = conversation();
  expect(await hear([login("1"), { fixes: [fix()] }])).toEqual({ answers: [yes] });
  expect(await hear([{ device_id: "2", fixes: [fix()], answer: yes }])).toEqual({
    answers: [],
    ending: { reason: "another-device" },
  });
  expect(keys()).toEqual(["bus 1"]);
  expect(noted).toEqual([]);
});

test("behind a proxy one connection speaks for one device after another", async () => {
  const { hear, keys } = conversation(["3"], osmand);
  expect(
    await hear([
      { device_id: "1", fixes: [fix()] },
      { device_id: "2", fixes: [fix()] },
    ]),
  ).toEqual({ answers: [] });
  expect(keys()).toEqual(["bus 1", "bus 2"]);
  expect(await hear([login("3")])).toEqual({ answers: [no], ending: { reason: "refused" } });
});

test("a password that was set is asked for once", async () => {
  const right = conversation();
  expect(await right.hear([login("7", "open"), { device_id: "7", fixes: [fix()] }])).toEqual({
    answers: [yes],
  });
  expect(right.keys()).toEqual(["bus 7"]);
  for (const given of [undefined, "closed"]) {
    const { hear, keys, noted } = conversation();
    expect(await hear([login("7", given), { fixes: [fix()] }])).toEqual({
      answers: [wrong],
      ending: { reason: "wrong-password" },
    });
    expect([keys(), noted]).toEqual([[], []]);
  }
});

test("a place before the name waits where its protocol names the device later, not for ever", async () => {
  const { hear, keys } = conversation();
  const early = { fixes: [fix()], name_follows: true };
  expect(await hear([early, { device_id: "1", fixes: [fix()] }])).toEqual({ answers: [] });
  expect(keys()).toEqual(["bus 1"]);
  const silent = conversation();
  expect((await silent.hear(Array.from({ length: 11 }, () => early))).ending).toEqual({
    reason: "not-logged-in",
  });
});
