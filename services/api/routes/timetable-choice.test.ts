import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";
import type { TimetableChoosing, TimetablePiece } from "../timetable-parts.ts";

const SHA = "a".repeat(64);
const OFFERED = {
  ...{ sha256: SHA, name: "winter.zip", bytes: 6, by: "administrator", at_ms: NOON_MS, found: [] },
  fault: { code: "TIMETABLE_NO_SERVICE", why: "calendar.txt: no trip runs" },
  read: {
    ...{ validity: { first: "20261201", last: "20270301" }, feed_version: "7" },
    ...{ lines: 2, stops: 9, trips: 40 },
  },
};

const done: unknown[] = [];
const refused = new AppError("TIMETABLE_CHANGED", "Somebody chose another timetable meanwhile; look again");
const choosing: TimetableChoosing = {
  feed: "town",
  offered: () => OFFERED,
  async put({ piece, ...rest }: TimetablePiece) {
    done.push({ ...rest, piece: Buffer.from(piece).toString() });
    return rest.at_bytes + piece.length === rest.of_bytes ? OFFERED : undefined;
  },
  drop: async () => void done.push("dropped"),
  choose: async (choice) => void done.push(choice),
  async takeBack(seen) {
    if (seen !== SHA) throw refused;
    done.push(`back from ${seen}`);
  },
};
const none = { list: () => [], check: async () => undefined };
const people = await signedInPeople();
const shared = sharedApp(() => ({
  timetables: { ...none, owner: { by: "pages" }, choosing },
  identity: people.identity,
}));
const headers = await people.headersOf("administrator");

function doors(app = shared()) {
  done.splice(0);
  const piece = (query: string, payload: string, type = "application/octet-stream") =>
    app.inject({
      ...{ method: "PUT", url: `/v1/timetables/town/offer?${query}`, payload },
      headers: { ...headers, "content-type": type },
    });
  const post = (path: string, payload: object) =>
    app.inject({ method: "POST", url: `/v1/timetables/${path}`, payload, headers });
  return { app, piece, post };
}

test("a file comes in pieces; the last one is answered with what it is and why it cannot be chosen", async () => {
  const { app, piece } = doors();
  expect((await piece("name=winter.zip&of=6&at=0", "abc")).json()).toEqual({ received: 3 });
  const last = (await piece("name=winter.zip&of=6&at=3", "def")).json();
  const offer = {
    ...{ version: SHA, name: "winter.zip", bytes: 6, sent_by: "administrator", findings: [] },
    sent_at: "2026-11-22T12:00:00.000Z",
    refused: OFFERED.fault,
    read: { first_day: "20261201", last_day: "20270301", feed_version: "7", lines: 2, stops: 9, trips: 40 },
  };
  expect(last).toEqual({ received: 6, offer });
  expect((await app.inject({ url: "/v1/timetables", headers })).json()).toEqual({
    ...{ owner: { by: "pages" }, timetables: [], offer },
  });
  const common = { name: "winter.zip", of_bytes: 6, by: "administrator" };
  expect(done).toEqual([
    { ...common, at_bytes: 0, piece: "abc" },
    { ...common, at_bytes: 3, piece: "def" },
  ]);
});

test("pieces that are too large, empty, of another kind or of no place are refused before anything is kept", async () => {
  const { piece } = doors();
  const answers = [
    await piece("name=a&of=9999999&at=0", "x".repeat(512 * 1024 + 1)),
    await piece("name=a&of=3&at=0", "abc", "text/plain"),
    await piece("name=a&of=3&at=-1", "abc"),
    await piece("of=3&at=0", "abc"),
    await piece(`name=${"n".repeat(201)}&of=3&at=0`, "abc"),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([413, 400, 400, 400, 400]);
  expect(done).toEqual([]);
});

test("it is chosen from a day on or at once, dropped, and taken back", async () => {
  const { app, post } = doors();
  expect((await post("town/choices", { version: SHA, from: "20261201" })).statusCode).toBe(204);
  expect((await post("town/choices", { version: SHA })).statusCode).toBe(204);
  expect((await post("town/returns", { newest: SHA })).statusCode).toBe(204);
  const drop = await app.inject({ method: "DELETE", url: "/v1/timetables/town/offer", headers });
  expect(drop.statusCode).toBe(204);
  expect(done).toEqual([{ sha256: SHA, from: "20261201" }, { sha256: SHA }, `back from ${SHA}`, "dropped"]);
  const late = await post("town/returns", { newest: "b".repeat(64) });
  expect([late.statusCode, late.json().type]).toEqual([409, "urn:yardline:problem:timetable-changed"]);
  expect((await post("another/choices", { version: SHA })).statusCode).toBe(404);
  expect((await post("town/choices", { version: "../../etc" })).statusCode).toBe(400);
});

test("where a file names the timetable nothing can be sent or chosen", async () => {
  const owner = { by: "file", name: "town.yaml" } as const;
  const { piece, post } = doors(await testApp({ timetables: { ...none, owner }, identity: people.identity }));
  const answers = [
    await piece("name=a&of=3&at=0", "abc"),
    await post("town/choices", { version: SHA }),
    await post("town/returns", { newest: SHA }),
  ];
  expect(answers.map((each) => [each.statusCode, each.json().type])).toEqual(
    answers.map(() => [409, "urn:yardline:problem:settings-owned"]),
  );
});
