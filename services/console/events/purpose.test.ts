import { expect, test } from "vitest";
import { withPurpose, withQuery } from "./purpose.ts";

test("what for stands behind whatever else is asked", () => {
  expect(withPurpose("/v1/events/1/clip", undefined)).toBe("/v1/events/1/clip");
  expect(withPurpose("/v1/events/1/clip", "бійка & крадіжка")).toBe(
    "/v1/events/1/clip?purpose=%D0%B1%D1%96%D0%B9%D0%BA%D0%B0%20%26%20%D0%BA%D1%80%D0%B0%D0%B4%D1%96%D0%B6%D0%BA%D0%B0",
  );
  expect(withQuery(withPurpose("/v1/events/1/snapshot?box=0", "duty"), "codec=h264")).toBe(
    "/v1/events/1/snapshot?box=0&purpose=duty&codec=h264",
  );
});
