import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listFiles, ROOT, readText } from "./tree.ts";

const CLASSES = 30;
const TABLE = "infra/guide/security.md";

const sources = listFiles().filter(
  (path) => /\.tsx?$/.test(path) && !/\.(test|bench|generated)\.|(^|\/)testing|\/fixtures\//.test(path),
);

const rows = readText(TABLE)
  .split("\n")
  .flatMap((line) => {
    const [, number, tried, shown] = /^\| (\d+) \| (.+) \| (.+) \|$/.exec(line) ?? [];
    return number && tried && shown ? [{ number: Number(number), tried, shown }] : [];
  });

test("each class of attack has its row, and each row a test or a sentence", () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: CLASSES }, (_, at) => at + 1));
  const missing = rows.flatMap(({ number, shown }) =>
    [...shown.matchAll(/`([^`]+)`/g)]
      .map(([, path = ""]) => path)
      .filter((path) => !/\.test\.ts$/.test(path) || !existsSync(join(ROOT, path)))
      .map((path) => `${number}: ${path}`),
  );
  expect(missing).toEqual([]);
  expect(rows.filter(({ shown }) => !shown.includes("`") && shown.split(" ").length < 8)).toEqual([]);
});

test("programs are started in few places, all listed, none through a shell", () => {
  const starting = sources.filter((path) => readText(path).includes('"node:child_process"'));
  const outside = starting.filter((path) => !/^(infra|pipelines\/testkit)\//.test(path));
  expect(outside).toMatchInlineSnapshot(`
    [
      "models/trial/try-model.ts",
      "pipelines/evidence/clock-state.ts",
      "pipelines/history/duckdb-child.ts",
      "pipelines/sources/video/ffmpeg.ts",
      "services/cli/set-up.ts",
      "services/cli/verbs/bench.ts",
      "services/cli/verbs/doctor.ts",
      "services/cli/verbs/soak.ts",
      "services/cli/verbs/test.ts",
      "services/notifier/checkpoint-printer.ts",
      "services/relay/certificates.ts",
      "services/town/demo/footage.ts",
      "services/upkeep/install-units.ts",
    ]
  `);
  const shells = sources.filter((path) =>
    /\bshell\s*:|\bexecSync\b|import \{[^}]*\bexec\b[^}]*\} from "node:child_process"/.test(readText(path)),
  );
  expect(shells).toEqual([]);
});

test("whatever set-up fetches of others is known by its digest before it is", () => {
  const resolutions = readText("pnpm-lock.yaml").match(/^ {4}resolution: .*$/gm) ?? [];
  expect(resolutions.length).toBeGreaterThan(300);
  expect(resolutions.filter((each) => !/integrity: sha512-/.test(each))).toEqual([]);
});

test("no text is ever read as code or as HTML", () => {
  const reading =
    /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|setHTML)\b|document\.write|\beval\(|new Function\(/;
  expect(
    sources.filter((path) => path !== "infra/checks/attack-classes.test.ts" && reading.test(readText(path))),
  ).toEqual([]);
});
