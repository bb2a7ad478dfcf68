import { expect, test } from "vitest";
import { checkProvider, listProviders } from "./providers.ts";

test("the processor is always there; what is not there is refused with the names of what is", () => {
  expect(listProviders()).toContain("cpu");
  expect(() => checkProvider("cpu")).not.toThrow();
  expect(() => checkProvider("openvino", ["cpu", "cuda"])).toThrow(
    "cannot compute on openvino; it has cpu, cuda",
  );
});
