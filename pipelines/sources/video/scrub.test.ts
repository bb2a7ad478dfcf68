import fc from "fast-check";
import { expect, test } from "vitest";
import { scrub } from "./scrub.ts";

test("addresses lose everything but their scheme", () => {
  expect(
    scrub("[concat @ 0x1] Impossible to open 'rtsp://op:s3cr3t@10.0.0.7:554/h264?channel=1' (401)"),
  ).toBe("[concat @ 0x1] Impossible to open 'rtsp://… (401)");
  expect(scrub("[tcp @ 0x2] Connection to tcp://10.0.0.7:554?timeout=5000000 failed")).toBe(
    "[tcp @ 0x2] Connection to tcp://… failed",
  );
});

test("a secret is gone wherever it stands", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.stringMatching(/^[a-z0-9]{6,20}$/), (before, after, secret) => {
      expect(scrub(before + secret + after, [secret])).not.toContain(secret);
    }),
  );
});
