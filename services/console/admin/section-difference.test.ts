import { expect, test } from "vitest";
import { differencesOf } from "./section-difference.ts";
import { SECTION_FORMS } from "./sections.ts";

const { webhooks, evidence, unknown_devices } = SECTION_FORMS;

test("items are held together by their names, fields told by their labels, secrets by nothing", () => {
  if (!webhooks || !evidence || !unknown_devices) throw new Error("A form is missing.");
  const mine = [
    { id: "police", url: "https://a/", secret_file: "secret:1" },
    { id: "mayor", url: "https://m/" },
  ];
  const theirs = [{ id: "police", url: "https://b/", secret_file: "secret:2" }];
  expect(differencesOf(webhooks, mine, theirs)).toEqual([
    { labels: ["set.webhook", "set.hook-url"], item: "police", mine: "https://a/", theirs: "https://b/" },
    { labels: ["set.webhook", "set.id"], item: "mayor", mine: "mayor", theirs: "" },
    { labels: ["set.webhook", "set.hook-url"], item: "mayor", mine: "https://m/", theirs: "" },
  ]);
  expect(differencesOf(evidence, { two_person: true }, undefined)).toEqual([
    { labels: ["set.two-person"], item: "", mine: "✓", theirs: "" },
  ]);
  expect(differencesOf(unknown_devices, "accept", "accept")).toEqual([]);
});
