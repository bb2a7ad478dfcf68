import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importsOf, listFiles, listPackages, ROOMS, ROOT, readText } from "./tree.ts";

const files = listFiles();
const sources = files.filter((path) => /\.tsx?$/.test(path) && !path.includes("/fixtures/"));
const isTest = (path: string): boolean => /\.(test|bench)\.tsx?$|(^|\/)testing\.ts$|\/testing\//.test(path);

const TOP = new Set(
  "services models pipelines infra package.json pnpm-workspace.yaml README.md yardline".split(" "),
);
const TOP_SETTINGS = new Set([
  "LICENSE",
  "biome.json",
  "knip.json",
  "pnpm-lock.yaml",
  "tsconfig.json",
  "vitest.config.ts",
  "vitest.bench.config.ts",
]);

test("only the agreed names stand at the top", () => {
  const top = new Set(files.map((path) => path.split("/")[0] ?? ""));
  const strangers = [...top].filter(
    (name) => !name.startsWith(".") && !TOP.has(name) && !TOP_SETTINGS.has(name),
  );
  expect(strangers).toEqual([]);
});

test("every room and service says what it takes and gives", () => {
  const silent = listPackages(files).filter((folder) => !existsSync(join(ROOT, folder, "README.md")));
  expect(silent).toEqual([]);
});

test("arrows point up the list of rooms only", () => {
  const wrong = sources
    .filter((path) => path.startsWith("pipelines/") && !isTest(path))
    .flatMap((path) => {
      const own = ROOMS.findIndex((room) => path.startsWith(`pipelines/${room}/`));
      return importsOf(readText(path))
        .filter((specifier) => specifier.startsWith("@yardline/"))
        .filter((specifier) => {
          const room = ROOMS.findIndex((each) => specifier.startsWith(`@yardline/${each}/`));
          return room === -1 || room > own;
        })
        .map((specifier) => `${path} imports ${specifier}`);
    });
  expect(wrong).toEqual([]);
});

test("each pipeline folder is a room of the list", () => {
  const rooms = new Set(
    files.filter((path) => path.startsWith("pipelines/")).map((path) => path.split("/")[1]),
  );
  expect([...rooms].filter((room) => !ROOMS.some((known) => known === room))).toEqual([]);
});

test.for([
  { library: "onnxruntime-node", only: /^models\/runtime\// },
  { library: "fluent-ffmpeg", only: /^pipelines\/sources\/video\/ffmpeg\.ts$/ },
  { library: "mqtt", only: /^pipelines\/sources\/feeds\/mqtt-subscription\.ts$/ },
  { library: "protobufjs/minimal.js", only: /^pipelines\/sources\/feeds\/gtfs-realtime\.ts$/ },
  { library: "pg", only: /^(pipelines\/records\/postgres|infra\/postgres\/start)/ },
  { library: "kafkajs", only: /^pipelines\/bus\/kafka\// },
  { library: "@duckdb/node-api", only: /^pipelines\/history\// },
  { library: "node:sqlite", only: /^pipelines\/(bus|history|index|records|media)\// },
])("$library stays behind its port", ({ library, only }) => {
  const users = sources.filter((path) => !isTest(path) && importsOf(readText(path)).includes(library));
  expect(users.filter((path) => !only.test(path))).toEqual([]);
});

test("no barrels", () => {
  // The verb `index` is a verb.
  const barrels = sources.filter((path) => /(^|\/)index\.tsx?$/.test(path));
  expect(barrels.filter((path) => path !== "services/cli/verbs/index.ts")).toEqual([]);
});

test("no file reaches into another room past its exports", () => {
  const wrong = sources.flatMap((path) =>
    importsOf(readText(path))
      .filter((specifier) => specifier.startsWith(".") && leaves(path, specifier))
      .map((specifier) => `${path} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

/** Whether a relative import ends in another package than the file's own. */
function leaves(path: string, specifier: string): boolean {
  const packageOf = (file: string): string => {
    const [top = "", room = ""] = file.split("/");
    return top === "models" || top === "infra" ? top : `${top}/${room}`;
  };
  return packageOf(path) !== packageOf(join(path, "..", specifier));
}
