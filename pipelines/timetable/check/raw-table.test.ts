import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

test.each([
  ["empty_file", "routes.txt:0", { file: "routes.txt", all: "" }],
  ["empty_row", "routes.txt:4", { file: "routes.txt", row: ",,,," }],
  ["invalid_row_length", "routes.txt:4", { file: "routes.txt", row: "7,7,River,3" }],
  ["duplicated_column", "routes.txt:1", { file: "routes.txt", from: "route_color", to: "route_id" }],
  ["empty_column_name", "routes.txt:1", { file: "routes.txt", from: "route_color", to: "" }],
  ["csv_parsing_failed", "routes.txt:4", { file: "routes.txt", row: '7,7,"River,3,' }],
] as const)("%s %s", async (code, place, change) => {
  expect(await foundAfter(change)).toContain(`${code} ${place}`);
});
