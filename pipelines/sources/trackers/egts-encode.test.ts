import { expect, test } from "vitest";
import { egts } from "./egts.ts";
import { encodeDispatcher, encodePositions, findEgtsAnswer } from "./egts-encode.ts";

const FIX = {
  at_ms: Date.parse("2026-03-01T12:00:00Z"),
  latitude: -49.5,
  longitude: -31.25,
  speed_mps: 10,
  course_deg: 350,
};

test("what a platform sends is read as it was meant, and its answers are understood", () => {
  const session = egts.openSession();
  const [login] = session.take(encodeDispatcher(7, { packet: 0, record: 0 })).messages;
  const positions = [
    { ...FIX, object_id: 12 },
    {
      ...FIX,
      at_ms: FIX.at_ms + 1000,
      object_id: 13,
      speed_mps: 0,
      course_deg: 0,
      latitude: 49.5,
      longitude: 31.25,
    },
  ];
  const [data] = session.take(encodePositions(positions, { packet: 1, record: 1 })).messages;
  expect(data?.problem).toBeUndefined();
  expect(data?.fixes).toEqual([
    {
      ...{ device_id: "12", at_ms: FIX.at_ms, speed_mps: 10, course_deg: 350, valid: true, buffered: false },
      ...{ latitude: expect.closeTo(-49.5, 6), longitude: expect.closeTo(-31.25, 6) },
    },
    {
      ...{
        device_id: "13",
        at_ms: FIX.at_ms + 1000,
        speed_mps: 0,
        course_deg: 0,
        valid: true,
        buffered: false,
      },
      ...{ latitude: expect.closeTo(49.5, 6), longitude: expect.closeTo(31.25, 6) },
    },
  ]);
  const answers = Buffer.concat([login?.answer ?? new Uint8Array(0), data?.answer ?? new Uint8Array(0)]);
  const found = [];
  for (let left = answers, next = findEgtsAnswer(left); next; next = findEgtsAnswer(left)) {
    found.push(next.answer);
    left = left.subarray(next.bytes);
  }
  expect(found).toEqual([
    { packet: 0, result: 0, refused: 0 },
    // The login's result is a packet of the receiver's own.
    undefined,
    { packet: 1, result: 0, refused: 0 },
  ]);
});

test("records that were refused are counted, and half an answer waits", () => {
  const session = egts.openSession();
  const login = session.takeWhole(
    Buffer.from(
      "0100000b001e00000001ef1700000080010101140001000000023335303030303030303030303030327419",
      "hex",
    ),
  );
  const refusal = Buffer.from(login?.refusal ?? []);
  expect(findEgtsAnswer(refusal)?.answer).toEqual({ packet: 0, result: 0, refused: 0 });
  expect(findEgtsAnswer(refusal.subarray(0, 20))).toBeUndefined();
  const refused = Buffer.from(refusal);
  refused.writeUInt8(0x97, 11 + 3 + 7 + 5);
  expect(findEgtsAnswer(refused)?.answer?.refused).toBe(1);
});
