import { beforeAll, expect, test } from "vitest";
import { type Pair, readPair, troubleOf } from "./certificate.ts";
import { type Made, selfSigned } from "./testing/certificates.ts";

let [own, other]: [Made, Made] = [
  { cert: "", key: "" },
  { cert: "", key: "" },
];
beforeAll(async () => {
  [own, other] = await Promise.all([selfSigned("town.example"), selfSigned("other.example")]);
});

test("a certificate and its key, for its name", () => {
  const { from_ms, until_ms, ...pair } = readPair(own.cert, own.key, "town.example");
  expect(pair).toEqual(own);
  expect(until_ms - from_ms).toBe(90 * 86_400_000);
});

test.for<[string, () => [string, string, string], string]>([
  ["another certificate's key", () => [own.cert, other.key, "town.example"], "another certificate's"],
  ["another name", () => [own.cert, own.key, "other.example"], "is for DNS:town.example"],
  ["a name below it", () => [own.cert, own.key, "www.town.example"], "is not for www.town.example"],
  ["the key twice", () => [own.key, own.key, "town.example"], "no PEM file"],
  ["nothing", () => ["", "", "town.example"], "no PEM file"],
  ["a key with rubbish in it", () => [own.cert, `${own.key.slice(0, 60)}!`, "town.example"], "no PEM file"],
])("refused: %s", ([, given, why]) => {
  const read = () => readPair(...given());
  expect(read).toThrow(
    expect.objectContaining({ code: "CERTIFICATE_UNFIT", message: expect.stringContaining(why) }),
  );
  // Never a piece of a key.
  expect(read).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(own.key.slice(40, 60)) }),
  );
});

const DAY_MS = 86_400_000;
test.for([
  [-1, "set the clock"],
  [0, undefined],
  [82, undefined],
  [84, "was not renewed yet"],
  [90, "browsers refuse it"],
] as const)("on day %i of ninety: %s", ([day, said]) => {
  const pair: Pair = { cert: "", key: "", from_ms: 1e12, until_ms: 1e12 + 90 * DAY_MS };
  const trouble = troubleOf(pair, 1e12 + day * DAY_MS);
  expect(said === undefined ? trouble : trouble?.includes(said)).toBe(said === undefined ? undefined : true);
});
