import { expect, test } from "vitest";
import { foundAfter } from "./testing.ts";

const ROUTES = {
  file: "routes.txt",
  from: /^(.*\n.*\n.*\n)/,
  to: "route_id,agency_id,route_short_name,route_type\n1,A,1,3\n2,A,2,3\n",
};

test.each([
  ["inconsistent_agency_timezone agency.txt:3", "B,Village,https://b.example,Europe/Warsaw,uk,b@b.example"],
  ["inconsistent_agency_lang agency.txt:3", "B,Village,https://b.example,Europe/Kyiv,en,b@b.example"],
  ["missing_required_agency_id agency.txt:3", ",Village,https://b.example,Europe/Kyiv,uk,b@b.example"],
])("%s", async (told, row) => {
  expect(await foundAfter(ROUTES, { file: "agency.txt", row })).toEqual([told]);
});

test("with several agencies each route names its own", async () => {
  const found = await foundAfter(
    { ...ROUTES, to: ROUTES.to.replace("2,A,", "2,,") },
    { file: "agency.txt", row: "B,Village,https://b.example,Europe/Kyiv,uk,b@b.example" },
  );
  expect(found).toEqual(["missing_required_agency_id routes.txt:3"]);
});

test.each([
  ["feed_info_lang_and_agency_lang_mismatch", ",uk,", ",ru,"],
  ["missing_feed_contact_email_and_url", "bus@example.org", ""],
])("%s", async (code, from, to) => {
  expect(await foundAfter({ file: "feed_info.txt", from, to })).toEqual([`${code} feed_info.txt:2`]);
});

test("of the feed's two dates one is missing", async () => {
  const found = await foundAfter({ file: "feed_info.txt", from: "20260101", to: "" });
  expect(found).toContain("missing_feed_info_date feed_info.txt:2");
});
