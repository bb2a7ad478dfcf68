import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gpmf } from "./gpmf.ts";

/** One item: key, type, size of one value, values. */
function item(key: string, type: string, size: number, data: Buffer): Buffer {
  const head = Buffer.from(`${key}${type}`, "latin1");
  const count = Buffer.alloc(3);
  count.writeUInt8(size);
  count.writeUInt16BE(data.length / size, 1);
  return Buffer.concat([head, count, data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
}

function nest(key: string, ...items: readonly Buffer[]): Buffer {
  return item(key, "\0", 1, Buffer.concat(items));
}

function int32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeInt32BE(value, 4 * at);
  return bytes;
}

const SCALE = item("SCAL", "l", 4, int32(10_000_000, 10_000_000, 1000, 1000, 100));
const UTC = item("GPSU", "U", 16, Buffer.from("261130112233.250"));
const HERE = [504_501_000, 305_234_000, 150_000, 8_000, 810];

function five({ lock = 3, utc = UTC, samples = [HERE] } = {}): Buffer {
  const values = item("GPS5", "l", 20, int32(...samples.flat()));
  return nest("DEVC", nest("STRM", item("GPSF", "L", 4, int32(lock)), utc, SCALE, values));
}

const FIX = {
  latitude: 50.4501,
  longitude: 30.5234,
  at_ms: Date.UTC(2026, 10, 30, 11, 22, 33, 250),
  speed_mps: expect.closeTo(8, 9),
  valid: true,
  buffered: false,
};

test("GPS5: places with the payload's time, as far apart as there are samples in a second", () => {
  const { fixes, problems } = gpmf.openSession().take(five({ samples: [HERE, HERE] }));
  expect(problems).toEqual([]);
  expect(fixes).toEqual([
    { fix: FIX, after_ms: 0 },
    { fix: { ...FIX, at_ms: FIX.at_ms + 501 }, after_ms: 501 },
  ]);
});

test("a short last payload keeps the distance of those before", () => {
  const session = gpmf.openSession();
  session.take(five({ samples: Array.from({ length: 20 }, () => HERE) }));
  const { fixes } = session.take(five({ samples: [HERE, HERE] }));
  expect(fixes.map(({ after_ms }) => after_ms)).toEqual([0, 50]);
});

test("GPS9: each sample has a time and a kind of fix of its own", () => {
  const days = Math.round((Date.UTC(2026, 10, 30) - Date.UTC(2000, 0, 1)) / 86_400_000);
  const tail = Buffer.from([0, 150, 0, 3]);
  const data = Buffer.concat([int32(...HERE.slice(0, 4), 810, days, 40_953_250), tail]);
  const scales = item("SCAL", "l", 4, int32(1e7, 1e7, 1000, 1000, 100, 1, 1000, 100, 1));
  const type = item("TYPE", "c", 1, Buffer.from("lllllllSS"));
  const payload = nest("DEVC", nest("STRM", type, scales, item("GPS9", "?", 32, data)));
  expect(gpmf.openSession().take(payload)).toEqual({ fixes: [{ fix: FIX, after_ms: 0 }], problems: [] });
});

test("a receiver without a lock claims no fix, one without a time tells none", () => {
  const [searching] = gpmf.openSession().take(five({ lock: 0 })).fixes;
  expect(searching?.fix.valid).toBe(false);
  const bad = item("GPSU", "U", 16, Buffer.from("260231112233.250"));
  const [timeless] = gpmf.openSession().take(five({ utc: bad })).fixes;
  expect(timeless?.fix).toEqual({ ...FIX, at_ms: undefined });
});

const STRUCTURE = { code: "structure", text: "A length points beyond the end of its payload." };

test.for([
  { what: "half a payload", bytes: five().subarray(0, 60) },
  { what: "a length that leads outside", bytes: five().fill(0xff, 6, 8) },
  { what: "an inner length that leads outside", bytes: five().fill(0xff, 14, 16) },
])("$what gives no place and one problem", ({ bytes }) => {
  expect(gpmf.openSession().take(bytes)).toEqual({ fixes: [], problems: [STRUCTURE] });
});

test("any bytes are taken", () => {
  const session = gpmf.openSession();
  const whole = five();
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))), (flips) => {
      const broken = Buffer.from(whole);
      for (const [at, value] of flips) broken[at] = value;
      for (const { fix } of session.take(broken).fixes)
        expect(Math.abs(fix.latitude)).toBeLessThanOrEqual(90);
    }),
    { numRuns: 500 },
  );
});

const RIDE = "../shared/data/video/gps/max-heromode.mp4";

test.skipIf(!existsSync(RIDE))("a real camera's payload has the places that GoPro's parser reads", () => {
  const args = ["-v", "error", "-i", RIDE, "-map", "0:3", "-c", "copy", "-f", "data", "pipe:1"];
  const { fixes, problems } = gpmf.openSession().take(execFileSync("ffmpeg", args));
  expect([fixes.length, problems]).toEqual([191, []]);
  expect(fixes[0]?.fix).toEqual({
    latitude: 33.12677,
    longitude: -117.3273436,
    at_ms: Date.parse("2019-11-18T23:45:14.000Z"),
    speed_mps: expect.closeTo(1.046, 9),
    valid: true,
    buffered: false,
  });
});
