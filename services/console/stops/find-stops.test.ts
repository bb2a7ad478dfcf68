import { expect, test } from "vitest";
import { findStops, sharedNames } from "./find-stops.ts";

const STOPS = ["Школа № 10", "Ринок", "Школа № 2", "вул. Шкільна"].map((stop_name, at) => ({
  stop_id: `s${at}`,
  stop_name,
}));

test("stops by name, numbers in their own order", () => {
  expect(findStops(STOPS, "", "uk").map(({ stop_name }) => stop_name)).toEqual([
    "вул. Шкільна",
    "Ринок",
    "Школа № 2",
    "Школа № 10",
  ]);
});

test("every typed word must be in the name, in any case", () => {
  expect(findStops(STOPS, " ШКОЛА 10", "uk").map(({ stop_id }) => stop_id)).toEqual(["s0"]);
  expect(findStops(STOPS, "аптека", "uk")).toEqual([]);
});

test("names that tell nothing apart", () => {
  expect([...sharedNames([...STOPS, { stop_id: "s9", stop_name: "Ринок" }])]).toEqual(["Ринок"]);
});
