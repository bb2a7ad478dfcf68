import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serversOf } from "./servers.ts";

const SECRET = "s3cret-canary";

async function fileOf(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-servers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "address");
  await writeFile(path, text);
  return path;
}

test("nothing named is everything in the folder", async () => {
  expect(await serversOf({}, {})).toEqual({});
  expect(await serversOf({ config: "town.yaml" }, { YARDLINE_BUS: "" })).toEqual({});
});

test("a flag comes before the environment, and either may name a file", async () => {
  const file = await fileOf(`postgres://yardline:${SECRET}@db:5432/yardline\n`);
  const env = { YARDLINE_BUS: "kafka://b:9092", YARDLINE_INDEX: `https://me:${SECRET}@es:9200` };
  expect(await serversOf({ bus: "kafka://a:9092,b:9092", records: `@${file}` }, env)).toEqual({
    bus: "kafka://a:9092,b:9092",
    index: `https://me:${SECRET}@es:9200`,
    records: `postgres://yardline:${SECRET}@db:5432/yardline`,
  });
});

test.for<[string, Readonly<Record<string, string>>, string]>([
  ["a password on the command line", { bus: `kafka://me:${SECRET}@a:9092` }, "give @FILE"],
  ["another kind of server", { index: `kafka://${SECRET}:9200` }, "no address such as http"],
  ["a file that is not there", { records: `@/nowhere/${SECRET}` }, "cannot be read"],
])("%s is refused", async ([, flags, says]) => {
  const refusal = serversOf(flags, {});
  await expect(refusal).rejects.toMatchObject({
    code: "SERVER_ADDRESS",
    message: expect.stringContaining(says),
  });
  if (!flags["records"]) await expect(refusal).rejects.not.toThrow(SECRET);
});
