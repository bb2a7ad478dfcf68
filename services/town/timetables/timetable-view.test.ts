import { expect, test } from "vitest";
import { timetableView } from "./timetable-view.ts";

const KEYED = "https://feeds.example/gtfs.zip?key=hunter2";

const PAGES = { by: "pages" } as const;

test("no key of an address is shown, neither as a source nor in why it is away", () => {
  const trouble = {
    ...({ kind: "away", code: "GTFS_FETCH", at_ms: 1, found: [] } as const),
    why: `The timetable at ${KEYED} could not be fetched.`,
  };
  const view = timetableView(
    {
      standing: () => [
        { feed: "town", today: "20261130", sources: [{ source: KEYED, trouble }], versions: [] },
      ],
      check: async () => undefined,
      choosing: undefined,
    },
    PAGES,
  );
  expect(JSON.stringify(view.list())).not.toContain("hunter2");
  expect(view.list()[0]?.sources[0]?.trouble?.why).toBe(
    "The timetable at https://feeds.example/… could not be fetched.",
  );
});

test("a version is checked once a service day", async () => {
  let today = "20261130";
  let checks = 0;
  const view = timetableView(
    {
      standing: () => [{ feed: "town", today, sources: [], versions: [] }],
      check: async () => {
        checks += 1;
        return { on: today, found: [] };
      },
      choosing: undefined,
    },
    PAGES,
  );
  await view.check("town", "ab");
  await view.check("town", "ab");
  today = "20261201";
  await view.check("town", "ab");
  expect(checks).toBe(2);
});
