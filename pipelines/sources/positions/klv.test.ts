import fc from "fast-check";
import { expect, test } from "vitest";
import { klv } from "./klv.ts";
import { localSet } from "./testing.ts";

/** 2023-11-14T22:13:20Z, 55.75° N 37.6° E, 12 m/s, heading 90°. */
const PLACE = { 2: "00060a24181e4000", 5: "4000", 13: "4f49f49e", 14: "1abcdf00", 56: "0c" };
const FIX = {
  latitude: expect.closeTo(55.75, 6),
  longitude: expect.closeTo(37.6, 6),
  at_ms: 1_700_000_000_000,
  speed_mps: expect.closeTo(12, 9),
  course_deg: expect.closeTo(90, 2),
  buffered: false,
};
const STRUCTURE = { code: "structure", text: "A set is cut short, or its length is wrong." };
const CHECKSUM = { code: "checksum", text: "A set's checksum is wrong or missing." };

test("a set is a place with its time", () => {
  expect(klv.openSession().take(localSet(PLACE))).toEqual({
    fixes: [{ fix: FIX, after_ms: 0 }],
    problems: [],
  });
});

test("several sets of one packet are as far apart as their own times", () => {
  const later = localSet({ ...PLACE, 2: "00060a24182d8240" });
  const { fixes } = klv.openSession().take(Buffer.concat([localSet(PLACE), later]));
  expect(fixes.map(({ fix, after_ms }) => [fix.at_ms, after_ms])).toEqual([
    [1_700_000_000_000, 0],
    [1_700_000_001_000, 1_000],
  ]);
});

test.for([
  { what: "a wrong checksum", set: localSet(PLACE, 1), problems: [CHECKSUM] },
  { what: "no place", set: localSet({ 2: PLACE[2] }), problems: [] },
  { what: "a place beyond what can be told", set: localSet({ ...PLACE, 13: "80000000" }), problems: [] },
  { what: "a place of the wrong width", set: localSet({ ...PLACE, 14: "1abc" }), problems: [] },
  {
    what: "an inner length that leads outside",
    set: localSet({ 13: "" }).fill(0x7f, 18, 19),
    problems: [CHECKSUM],
  },
  { what: "noise", set: Buffer.from("nothing of the kind"), problems: [STRUCTURE] },
])("$what places nobody", ({ set, problems }) => {
  expect(klv.openSession().take(set)).toEqual({ fixes: [], problems });
});

test.for([
  { what: "half a set", broken: localSet(PLACE).subarray(0, 24) },
  { what: "a length of 65 kB", broken: localSet(PLACE).fill(Buffer.from("8400010000", "hex"), 16, 21) },
  { what: "a length of 2^31", broken: localSet(PLACE).fill(Buffer.from("8480000000", "hex"), 16, 21) },
  { what: "a length that swallows the next set", broken: localSet(PLACE).fill(0x7f, 16, 17) },
  { what: "a length without one", broken: localSet(PLACE).fill(0x80, 16, 17) },
])("$what costs itself alone", ({ broken }) => {
  const session = klv.openSession();
  const taken = [broken, localSet(PLACE), localSet(PLACE), localSet(PLACE)].map((packet) =>
    session.take(packet),
  );
  expect(taken.flatMap(({ fixes }) => fixes).length).toBe(3);
  expect(taken.flatMap(({ problems }) => problems).length).toBeGreaterThan(0);
});

test("other sets stand between without harm", () => {
  const other = Buffer.concat([
    Buffer.from("060e2b34020501010e01030300000000", "hex"),
    Buffer.from([3, 1, 2, 3]),
  ]);
  const { fixes, problems } = klv.openSession().take(Buffer.concat([other, localSet(PLACE), other]));
  expect([fixes.length, problems]).toEqual([1, []]);
});

test("how a set is cut into packets changes nothing", () => {
  const stream = Buffer.concat([localSet(PLACE), localSet(PLACE), localSet(PLACE)]);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length - 1), { maxLength: 8 }), (cuts) => {
      const session = klv.openSession();
      const places = [...new Set([0, ...cuts])].sort((a, b) => a - b);
      // A cut where a set begins is the usual case and no cut at all.
      const taken = places.flatMap((from, i) => session.take(stream.subarray(from, places[i + 1])).fixes);
      expect(taken.map(({ fix }) => fix)).toEqual([FIX, FIX, FIX]);
    }),
    { numRuns: 100 },
  );
});

test("any bytes are taken, and little is kept of them", () => {
  const session = klv.openSession();
  const label = fc.constant(Buffer.from("060e2b34020b01010e01030101000000", "hex"));
  const piece = fc.oneof(label, fc.uint8Array({ maxLength: 40 }), fc.constant(localSet(PLACE)));
  fc.assert(
    fc.property(piece, (bytes) => {
      const { fixes } = session.take(bytes);
      for (const { fix } of fixes) expect(Math.abs(fix.latitude)).toBeLessThanOrEqual(90);
    }),
    { numRuns: 500 },
  );
});
