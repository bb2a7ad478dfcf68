import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

test.each([
  ["invalid_date calendar.txt:2", { file: "calendar.txt", from: "20260101", to: "20260230" }],
  ["invalid_time stop_times.txt:2", { file: "stop_times.txt", from: "06:00:00,", to: "6:0:0," }],
  ["invalid_color routes.txt:2", { file: "routes.txt", from: "aa0000", to: "red" }],
  ["invalid_integer routes.txt:2", { file: "routes.txt", from: "Avenue,3", to: "Avenue,bus" }],
  ["number_out_of_range routes.txt:2", { file: "routes.txt", from: "Avenue,3", to: "Avenue,-3" }],
  [
    "invalid_float stops.txt:2",
    { file: "stops.txt", from: /east-0,Stop east-0,49/, to: "east-0,Stop east-0,149" },
  ],
  ["invalid_float shapes.txt:2", { file: "shapes.txt", from: /east,49.*?,/, to: "east,49°48," }],
  ["invalid_url agency.txt:2", { file: "agency.txt", from: "https://example.org", to: "example.org" }],
  ["invalid_email agency.txt:2", { file: "agency.txt", from: "bus@", to: "bus at " }],
  ["invalid_timezone agency.txt:2", { file: "agency.txt", from: "Europe/Kyiv", to: "Kyiv" }],
  ["invalid_language_code agency.txt:2", { file: "agency.txt", from: ",uk,", to: ",ukr_UA!," }],
  ["unexpected_enum_value calendar.txt:2", { file: "calendar.txt", from: "daily,1", to: "daily,7" }],
  ["missing_required_field agency.txt:2", { file: "agency.txt", from: "A,Town", to: "A," }],
  ["missing_recommended_field feed_info.txt:2", { file: "feed_info.txt", from: ",1,bus", to: ",,bus" }],
  ["leading_or_trailing_whitespaces agency.txt:2", { file: "agency.txt", from: "Town", to: " Town" }],
  ["new_line_in_value agency.txt:2", { file: "agency.txt", from: "Town", to: '"To\nwn"' }],
  ["non_ascii_or_non_printable_char routes.txt:4", { file: "routes.txt", row: "лінія,7,Річка,3," }],
  ["mixed_case_recommended_field routes.txt:4", { file: "routes.txt", row: "7,7,ВОКЗАЛ,3," }],
  ["point_near_origin stops.txt:16", { file: "stops.txt", row: "zero,Zero,0.5,-0.5" }],
  ["point_near_pole stops.txt:16", { file: "stops.txt", row: "pole,Pole,89.5,10" }],
  ["invalid_character agency.txt:2", { file: "agency.txt", from: "Town", to: "T\uFFFDwn" }],
] as const)("%s", async (told, change) => {
  expect(await foundAfter(change)).toContain(told.replace("agency.txt:2", lineOf(told)));
});

/** A row of two lines is known by its last one. */
function lineOf(told: string): string {
  return told.startsWith("new_line") ? "agency.txt:3" : "agency.txt:2";
}

test("Cyrillic names, long numbers of routes and extended route types are sound", async () => {
  const found = await foundAfter({ file: "routes.txt", row: "7,7а,Вокзал – Лікарня,704," });
  expect(found).toEqual([]);
});
