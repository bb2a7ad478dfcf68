import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import { run } from "../testing.ts";

async function fileWith(changed: Readonly<Record<string, string>>): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "yardline-gtfs-")), "feed.zip");
  await writeFile(path, await zipOf({ ...smallTown(), ...changed }));
  return path;
}

test("a mistake costs exit code 1 and names file, line and rule", async () => {
  const path = await fileWith({ "routes.txt": "route_id,route_short_name,route_type\n1,1,3\n2,,3\n" });
  const { code, out, err } = await run("gtfs", "check", path, "--date", "2026-03-15");
  expect(code).toBe(1);
  expect(out).toContain(
    "ERROR route_both_short_and_long_name_missing (1)\n  routes.txt line 3: the route has no name at all\n",
  );
  expect(err).toBe("1 errors, 4 warnings, 0 remarks\n");
});

test("warnings alone are exit code 0; everything comes as JSON too", async () => {
  const { code, out } = await run("gtfs", "check", await fileWith({}), "--date", "2026-03-15", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toContainEqual({
    code: "stop_without_stop_time",
    severity: "WARNING",
    count: 1,
    examples: [{ file: "stops.txt", line: 16, text: "no trip calls at nobody" }],
  });
});

test("what is typed wrongly is told", async () => {
  expect(await run("gtfs", "mend", "feed.zip")).toMatchObject({ code: 2 });
  expect(await run("gtfs", "check", "feed.zip", "--date", "someday")).toMatchObject({ code: 2 });
  expect((await run("gtfs", "check", "nowhere.zip")).err).toContain("nowhere.zip cannot be read (ENOENT)");
});
