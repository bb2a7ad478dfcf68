import { expect, test } from "vitest";
import { formatResident, parseResident, type ResidentPlace } from "./address.ts";

test.for<ResidentPlace>([
  { page: "home" },
  { page: "stop", stop_id: "вокзал/1 ?" },
  { page: "board", stop_id: "s3" },
  { page: "signs", route_id: "r<1>" },
])("$page has an address that leads there", (place) => {
  expect(parseResident(formatResident(place))).toEqual(place);
});

test.for(["/", "/events/x", "/stops/%E0%A4%A", "/stops/a/b", "/board", "/plan/network"])(
  "%s is somebody else's",
  (pathname) => {
    expect(parseResident(pathname)).toBeUndefined();
  },
);
