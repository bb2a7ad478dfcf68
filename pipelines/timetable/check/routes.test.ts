import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const HEADER = {
  file: "routes.txt",
  from: /^.*\n.*\n.*\n/,
  to: "route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color,route_desc,route_url\n1,A,1,Avenue,3,aa0000,ffffff,,\n2,A,2,Circle,3,,,,\n",
};

test.each([
  ["route_both_short_and_long_name_missing", "3,A,,,3,,,,"],
  ["route_short_name_too_long", "3,A,Station square,,3,,,,"],
  ["route_long_name_contains_short_name", "3,A,3,3 - River,3,,,,"],
  ["same_name_and_description_for_route", "3,A,3,River,3,,,River,"],
  ["duplicate_route_name", "3,A,2,Circle,3,,,,"],
  ["route_color_contrast", "3,A,3,River,3,ffff00,ffffff,,"],
  ["same_route_and_agency_url", "3,A,3,River,3,,,,https://example.org"],
])("%s", async (code, row) => {
  expect(await foundAfter(HEADER, { file: "routes.txt", row })).toEqual([`${code} routes.txt:4`]);
});

test("a number that only begins the name is no repetition", async () => {
  expect(await foundAfter(HEADER, { file: "routes.txt", row: "3,A,1,10th street,3,,,," })).toEqual([]);
});
