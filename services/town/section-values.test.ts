import { expect, test } from "vitest";
import { addressesIn, secretsOf, settleSection } from "./section-values.ts";

const FEED = { name: "oblast", format: "gtfs-realtime", url: "https://feed.example/a/vp.pb" };
const KEPT = { ...FEED, header_file: "secret:feeds-1" };

function settle(
  value: unknown,
  { before, typed = {} }: { before?: unknown; typed?: Record<string, string> } = {},
) {
  let made = 1;
  const newName = () => `feeds-${++made}`;
  return settleSection({ section: "feeds", value, before, typed: new Map(Object.entries(typed)), newName });
}

test("a typed secret becomes its name, also where the form has no field for it yet", () => {
  expect(settle([FEED], { typed: { "/0/header_file": "X-Key: 1" } })).toEqual({
    value: [{ ...FEED, header_file: "secret:feeds-2" }],
    secrets: new Map([["feeds-2", "X-Key: 1"]]),
    problems: [],
  });
});

test("what was shown stays what it was, wherever its item stands by now", () => {
  const shown = { ...KEPT, url: "https://feed.example/…", every_s: 20 };
  const first = { name: "first", format: "hfp", broker: "mqtts://hfp.example" };
  expect(settle([first, shown], { before: [KEPT] })).toEqual({
    value: [first, { ...KEPT, every_s: 20 }],
    secrets: new Map(),
    problems: [],
  });
});

test.for<[string, unknown, string]>([
  ["a file of this machine", [{ ...FEED, header_file: "/etc/shadow" }], "is typed here"],
  ["a secret of something else", [{ ...FEED, header_file: "secret:camera-yard-1" }], "is typed here"],
  ["a secret carried to another server", [{ ...KEPT, url: "https://thief.example/" }], "is typed again"],
  ["a secret under another name", [{ ...KEPT, name: "other" }], "is typed here"],
])("refused: %s", ([, value, why]) => {
  const { problems } = settle(value, { before: [KEPT] });
  expect(problems).toEqual([{ path: ["feeds", 0, "header_file"], message: expect.stringContaining(why) }]);
});

test("secrets and addresses are found however deep they stand", () => {
  const value = { a: [{ url: "https://x.example/", b: { token_file: "secret:t" } }], c: "secret:u" };
  expect(secretsOf(value)).toEqual(["t", "u"]);
  expect(addressesIn(value)).toEqual([{ path: ["a", 0, "url"], address: "https://x.example/" }]);
});
