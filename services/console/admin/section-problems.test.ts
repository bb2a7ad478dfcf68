import { judgeTownConfig } from "@yardline/town/config";
import { dotted } from "@yardline/town/config-problems";
import { expect, test } from "vitest";
import { problemWords } from "./section-problems.ts";

/** What people mistype most: each is told in the words of the page. */
const MISTYPED = {
  town: {
    name: "",
    tenant: "town",
    timezone: "Mars/Olympus",
    holidays: ["soon"],
    districts: [{ id: "Ä", name: "x" }],
  },
  recordings: { keep_free_mb: 0 },
  evidence: { keep_h: 1.5 },
  trackers: [{ protocol: "auto" }, { protocol: "egts", port: 70_000 }],
  feeds: [{ name: "a", format: "gtfs", url: "https://feed.example/" }],
  push: { contact: "olena" },
};
const MEANT_WRONG = {
  town: { name: "Town", tenant: "town", timezone: "Mars/Olympus" },
  trackers: [
    { protocol: "egts", port: 8080 },
    { protocol: "auto", port: 5000 },
  ],
  webhooks: ["a", "a"].map((id) => ({ id, url: "https://hook.example/", secret_file: "secret:s" })),
};

test.for([MISTYPED, MEANT_WRONG])("every sentence that a form may get has words", (settings) => {
  const said = judgeTownConfig(settings).map(({ path, message }) => message.replace(dotted(path), ""));
  expect(said.length).toBeGreaterThan(2);
  expect(said.filter((message) => problemWords(message) === undefined)).toEqual([]);
});

test("what has no words stays as the town says it", () => {
  expect(problemWords('camera "gate" is in two areas; areas must not overlap')).toBeUndefined();
});
