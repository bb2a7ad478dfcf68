import { expect, test } from "vitest";
import { listSegments } from "./segments.ts";
import { placeAt, smallTownTimetable } from "./testing.ts";

test("each way between stops once, in its driving direction, with its corners", async () => {
  const timetable = await smallTownTimetable();
  const segments = listSegments([timetable, timetable]);
  expect(segments.map(({ stop_id, next_stop_id }) => `${stop_id} ${next_stop_id}`)).toEqual([
    ...["circle-0 circle-1", "circle-1 circle-2", "circle-2 circle-3", "circle-3 circle-0"],
    ...["east-0 east-1", "east-1 east-2", "east-2 east-3", "east-3 east-4"],
    ...["west-1 west-0", "west-2 west-1", "west-3 west-2", "west-4 west-3"],
  ]);
  const [circle, , , , east] = segments;
  expect([circle?.route_ids, east?.feed, Math.round(east?.length_m ?? 0)]).toEqual([["2"], "town", 502]);
  const [from, to] = [placeAt(0, 0), placeAt(1, 0)];
  expect(east?.corners).toEqual([from, to].map(closeTo));
  expect(circle?.corners.map(({ latitude }) => latitude)).toEqual(
    [placeAt(0, 1), placeAt(0, 1)].map(({ latitude }) => expect.closeTo(latitude, 5)),
  );
});

const closeTo = ({ latitude, longitude }: ReturnType<typeof placeAt>) => ({
  latitude: expect.closeTo(latitude, 4),
  longitude: expect.closeTo(longitude, 4),
});
