import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wordsOf } from "./gtfs-notices.ts";

const CHECKER = join(import.meta.dirname, "../../../pipelines/timetable/check");

test("every code that the checker gives has its words", async () => {
  const names = (await readdir(CHECKER)).filter((name) => /^[a-z-]+(?<!\.test)\.ts$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(join(CHECKER, name), "utf8")));
  const given = texts
    .join("\n")
    .matchAll(
      /(?:\.(?:error|warning|info)\(\s*|code: |"ERROR", |"WARNING", |"INFO", )"(?<code>[a-z0-9_]+_[a-z0-9_]+)"/g,
    );
  const codes = [...new Set([...given].map(({ groups }) => groups?.["code"] ?? ""))];
  expect(codes.length).toBeGreaterThan(60);
  expect(codes.filter((code) => wordsOf(code).title === "gtfs.other")).toEqual([]);
});

test("a code of another release is told by its own name", () => {
  expect(wordsOf("something_new")).toEqual({ title: "gtfs.other", todo: "gtfs.other.todo" });
});
