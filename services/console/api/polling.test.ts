import { expect, test } from "vitest";
import { WAIT_MS_MAX, wait_ms } from "./polling.ts";

test("what works is asked for at its own pace; what fails soon again, then less and less often, up to a limit", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 50].map((failures) => wait_ms(10_000, failures));
  expect(waits).toEqual([10_000, 1_000, 2_000, 4_000, 8_000, 16_000, WAIT_MS_MAX, WAIT_MS_MAX]);
});
