import { expect, test } from "vitest";
import { listFiles, readText } from "./tree.ts";

/** Aim at 100; past this a file holds more than one idea. */
const FILE_LINES_MAX = 300;

const files = listFiles();
const sources = files.filter((path) => /\.(ts|tsx)$/.test(path));
const texts = files.filter(
  (path) => /\.(ts|tsx|md|json|yaml|css|html)$|^yardline$/.test(path) && !/pnpm-lock|\/fixtures\//.test(path),
);

test(`no source file is longer than ${FILE_LINES_MAX} lines`, () => {
  const long = sources
    .filter((path) => !path.endsWith(".generated.ts"))
    .map((path) => ({ path, lines: readText(path).split("\n").length - 1 }))
    .filter(({ lines }) => lines > FILE_LINES_MAX);
  expect(long).toEqual([]);
});

test("file names are kebab-case", () => {
  const odd = sources.filter(
    (path) => !/(^|\/)[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.tsx?$/.test(path),
  );
  expect(odd).toEqual([]);
});

test.for([
  { what: "a note to oneself", pattern: new RegExp(["TO", "DO|FIX", "ME|X", "XX"].join("")) },
  { what: "a test left out", pattern: /\b(test|it|describe)\.(only|skip|todo)\(/ },
  { what: "an escape from the types", pattern: /@ts-(ignore|nocheck|expect-error)|biome-ignore(?! \S+: \S)/ },
  {
    what: "a path of one machine",
    pattern: new RegExp(`[" (](/${["work", "root"].join("|/")}|/home/[a-z]+)/`),
  },
])("no file holds $what", ({ pattern }) => {
  const found = texts.flatMap((path) =>
    readText(path)
      .split("\n")
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  );
  expect(found.filter((line) => !line.startsWith("infra/checks/files.test.ts"))).toEqual([]);
});
