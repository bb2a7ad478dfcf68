import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { NOON_MS } from "../testing/scenes.ts";
import type { TimetableView } from "../timetable-parts.ts";

const [SHA, NEWER] = ["a".repeat(64), "b".repeat(64)];
const FOUND = [
  {
    ...({ code: "foreign_key_violation", severity: "ERROR", count: 3 } as const),
    examples: [{ file: "stop_times.txt", line: 12, text: "stop_id s9 is not in stops.txt" }],
  },
];
const timetables: TimetableView = {
  owner: { by: "file", name: "town.yaml" },
  list: () => [
    {
      ...{ feed: "town", today: "20261122" },
      sources: [
        {
          ...{ source: "https://feeds.example/…", looked_ms: NOON_MS },
          trouble: { kind: "refused", code: "foreign_key_violation", why: "…", at_ms: NOON_MS, found: FOUND },
        },
      ],
      versions: [
        {
          ...{ sha256: SHA, source: "https://feeds.example/…", is_in_use: true, taken_ms: NOON_MS },
          ...{ validity: { first: "20261101", last: "20261231" }, feed_version: "7" },
        },
      ],
    },
  ],
  async check(feed, version) {
    if (version === NEWER) throw new AppError("TIMETABLE_ZIP", "/secret/path is damaged");
    return feed === "town" && version === SHA ? { on: "20261122", found: FOUND } : undefined;
  },
};

test("what is followed, and why what is newer is not", async () => {
  const app = await testApp({ timetables });
  const { owner, timetables: told } = (await app.inject("/v1/timetables")).json();
  expect(owner).toEqual({ by: "file", name: "town.yaml" });
  expect(told).toEqual([
    {
      feed: "town",
      sources: [
        {
          source: "https://feeds.example/…",
          looked_at: "2026-11-22T12:00:00.000Z",
          trouble: {
            ...{ kind: "refused", code: "foreign_key_violation", why: "…", at: "2026-11-22T12:00:00.000Z" },
            refused: { findings: FOUND },
          },
        },
      ],
      versions: [
        {
          ...{ sha256: SHA, source: "https://feeds.example/…", in_use: true },
          ...{ taken_at: "2026-11-22T12:00:00.000Z", first_day: "20261101", last_day: "20261231" },
          feed_version: "7",
        },
      ],
    },
  ]);
});

test("what the checker finds in a version; one that cannot be read names no path", async () => {
  const app = await testApp({ timetables });
  const ask = (feed: string, version: string) =>
    app.inject(`/v1/timetables/${feed}/versions/${version}/findings`);
  expect((await ask("town", SHA)).json()).toEqual({ checked_on: "20261122", findings: FOUND });
  expect((await ask("another", SHA)).statusCode).toBe(404);
  const damaged = await ask("town", NEWER);
  expect(damaged.statusCode).toBe(503);
  expect(damaged.body).not.toContain("/secret");
});

test("a town without a timetable has none", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/timetables")).json()).toEqual({ timetables: [] });
});
