import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { listFiles, readText } from "./tree.ts";

/** Each kind of plug-in: the call that makes one, and the hand-written list that must name it. */
const KINDS = [
  { call: "defineEventType", list: "pipelines/events/catalogue.ts" },
  { call: "defineTrackerProtocol", list: "pipelines/sources/trackers/protocols.ts" },
  { call: "defineFeed", list: "pipelines/sources/feeds/feeds.ts" },
  { call: "definePositionFormat", list: "pipelines/sources/positions/formats.ts" },
  { call: "defineFamily", list: "models/families/families.ts" },
  { call: "defineSceneRule", list: "pipelines/rules/scene/rules.ts" },
  { call: "defineTransitRule", list: "pipelines/rules/transit/rules.ts" },
  { call: "defineFleetRule", list: "pipelines/rules/transit/fleet-rules.ts" },
  { call: "defineReport", list: "pipelines/history/review/reports.ts" },
  { call: "defineVerb", list: "services/cli/verbs.ts" },
] as const;

const files = listFiles();

test.for(KINDS)("every $call is tested beside its file and stands on the list", ({ call, list }) => {
  const plugins = files.filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && readText(path).includes(`= ${call}({`),
  );
  expect(plugins).not.toEqual([]);
  const untested = plugins.filter((path) => !files.includes(path.replace(/\.ts$/, ".test.ts")));
  const listed = readText(list);
  const unlisted = plugins.filter((path) => !listed.includes(`${relative(list, path)}"`));
  expect({ untested, unlisted }).toEqual({ untested: [], unlisted: [] });
});

function relative(from: string, to: string): string {
  return dirname(from) === dirname(to)
    ? `./${basename(to)}`
    : `./${join(to).slice(dirname(from).length + 1)}`;
}
