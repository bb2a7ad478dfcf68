import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TRACKER_PROTOCOLS } from "./protocols.ts";
import { findVectors } from "./vectors.ts";
import { wialonIps } from "./wialon-ips.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

/** What a device in trouble might send: packets, halves of packets, and anything at all. */
const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.string({ maxLength: 60 }).map(bytes) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        "#L#2.0;7;NA;",
        "#SD#270413;205601;5544.6025;N;03739.6834;E;1;2;3;4\r\n",
        "#D#NA;NA;",
        "#B#110315;045857;5364.0167;N;06127.8262;E;0;155;965;7|",
        "#I#12;0;1;270413;205601;a.jpg\r\n",
        "#T#x;5;0\r\n",
        "#M#stop;12\r\n",
        "#US#9\r\n",
        "\r\n",
        "\n",
        "#",
        ";",
        "\u00ff\u0003\u0000abc",
      )
      .map(bytes),
  },
);

describe.each(TRACKER_PROTOCOLS)("a session of $name", (protocol) => {
  test("tells the same of the same bytes, however they are cut", () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        (parts, cuts) => {
          const all = Buffer.concat(parts);
          const whole = protocol.openSession().take(all);
          const session = protocol.openSession();
          const taken = [];
          for (let at = 0; at < all.length; ) {
            const size = cuts.next().value ?? 1;
            taken.push(session.take(all.subarray(at, at + size)));
            at += size;
          }
          expect(taken.flatMap(({ messages }) => messages)).toEqual(whole.messages);
          expect(taken.find(({ closed }) => closed)?.closed).toBe(whole.closed);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("does so with damaged messages of real devices", () => {
    const recorded = (findVectors(protocol.name) ?? []).map(({ message, encoding }) =>
      Buffer.from(message, encoding === "hex" ? "hex" : "utf8"),
    );
    if (recorded.length === 0) return;
    const damage = fc.record({
      message: fc.constantFrom(...recorded),
      bytes: fc.array(fc.record({ at: fc.nat(3000), value: fc.nat(255) }), { maxLength: 4 }),
      cut: fc.option(fc.nat(3000), { freq: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (damages, size) => {
          const all = Buffer.concat(
            damages.map(({ message, bytes, cut }) => {
              const damaged = Buffer.from(message);
              for (const { at, value } of bytes) damaged[at % damaged.length] = value;
              return damaged.subarray(0, cut ?? damaged.length);
            }),
          );
          const whole = protocol.openSession().take(all);
          const session = protocol.openSession();
          const taken = [];
          for (let at = 0; at < all.length; at += size) taken.push(session.take(all.subarray(at, at + size)));
          expect(taken.flatMap(({ messages }) => messages)).toEqual(whole.messages);
          expect(taken.find(({ closed }) => closed)?.closed).toBe(whole.closed);
          expect(() => protocol.openSession().takeWhole(all)).not.toThrow();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("reads any single message without throwing", () => {
    fc.assert(
      fc.property(pieces, (piece) => {
        expect(() => protocol.openSession().takeWhole(piece)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

test("half a packet waits for its other half", () => {
  const session = wialonIps.openSession();
  expect(session.take(bytes("#L#1234"))).toEqual({ messages: [] });
  expect(session.take(bytes("5;NA\r"))).toEqual({ messages: [] });
  expect(session.take(bytes("\n#P#")).messages).toMatchObject([{ device_id: "12345" }]);
  expect(session.take(bytes("\r\n")).messages).toHaveLength(1);
});

test("ten megabytes without a line end close the session once and keep nothing", () => {
  const session = wialonIps.openSession();
  const piece = new Uint8Array(64 * 1024).fill(0x41);
  const before = process.memoryUsage().arrayBuffers;
  const reasons = Array.from({ length: 160 }, () => session.take(piece).closed).filter((reason) => reason);
  expect(reasons).toEqual(["A message is longer than 262144 bytes."]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 1024 * 1024);
  expect(session.take(bytes("#P#\r\n"))).toEqual({ messages: [] });
});

test("a long frame sent byte by byte is not looked at from the start at each byte", () => {
  const session = wialonIps.openSession();
  const one = bytes("A");
  const before = process.cpuUsage();
  for (let sent = 0; sent < 200_000; sent++) session.take(one);
  // Looking again each time would take 20 thousand million steps.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});
