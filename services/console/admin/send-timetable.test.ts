import { afterEach, expect, test, vi } from "vitest";
import { sendTimetable, serviceDayOf } from "./send-timetable.ts";

afterEach(() => vi.unstubAllGlobals());

/** What the doors are sent, and what they say to the last piece. */
function doors() {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body: ArrayBuffer }) => {
    sent.push(`${path} ${body.byteLength}`);
    const isLast = sent.length === 3;
    return Response.json({ received: 0, ...(isLast && { offer: { name: "зима.zip" } }) });
  });
  return sent;
}

test("a file goes in pieces that say where they belong, and the last is answered with what it is", async () => {
  const sent = doors();
  const told: number[] = [];
  const file = new File([new Uint8Array(1_200_000)], "зима.zip");
  expect(await sendTimetable("town", file, (fraction) => told.push(fraction))).toEqual({ name: "зима.zip" });
  const place = (at: number) =>
    `/v1/timetables/town/offer?name=%D0%B7%D0%B8%D0%BC%D0%B0.zip&of=1200000&at=${at}`;
  expect(sent).toEqual([`${place(0)} 524288`, `${place(524288)} 524288`, `${place(1048576)} 151424`]);
  expect(told.map((each) => Math.round(each * 100))).toEqual([0, 44, 87, 100]);
});

test("an empty file is one piece; a day is written as the API writes it", async () => {
  const sent = doors();
  await sendTimetable("town", new File([], "x.zip"), () => undefined);
  expect(sent).toEqual(["/v1/timetables/town/offer?name=x.zip&of=0&at=0 0"]);
  expect(serviceDayOf("2026-12-01")).toBe("20261201");
});
