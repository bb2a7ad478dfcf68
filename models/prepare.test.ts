import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { CENTERNET } from "./centernet/manifest.ts";
import { prepareModels } from "./prepare.ts";

async function newRoot() {
  const root = await mkdtemp(join(tmpdir(), "yardline-models-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const lines: string[] = [];
  const prepare = () => prepareModels({ root, report: (line) => lines.push(line) });
  return { root, lines, prepare, folder: join(root, ".yardline/models") };
}

test("makes the model once, tells so, and then is silent and quick", async () => {
  const { root, lines, prepare, folder } = await newRoot();
  expect(await prepare()).toEqual({ path: join(root, ".yardline/models/centernet-512.onnx") });
  expect(await readdir(folder)).toEqual(["centernet-512.onnx"]);
  expect(lines).toHaveLength(2);
  await prepare();
  expect(lines).toHaveLength(2);
});

test("a damaged file is made anew", async () => {
  const { lines, prepare } = await newRoot();
  const { path } = await prepare();
  const whole = await readFile(path);
  await truncate(path, 4096);
  await prepare();
  expect(Buffer.compare(await readFile(path), whole)).toBe(0);
  expect(lines).toHaveLength(4);
});

test("two set-ups at once both succeed", async () => {
  const { prepare, folder } = await newRoot();
  await Promise.all([prepare(), prepare()]);
  expect(await readdir(folder)).toEqual(["centernet-512.onnx"]);
});

test.for([
  ["while it converts", () => wait(150)],
  ["as it begins to write", (folder: string) => entryOf(folder, "")],
  ["once the file stands", (folder: string) => entryOf(folder, ".onnx")],
] as const)("killed %s, it leaves the whole file or none, and the next one succeeds", async ([, moment]) => {
  const { root, prepare, folder } = await newRoot();
  await mkdir(folder, { recursive: true });
  const program = `import { prepareModels } from ${JSON.stringify(new URL("./prepare.ts", import.meta.url).href)};
    process.stdout.write("up");
    await prepareModels({ root: ${JSON.stringify(root)}, report: () => {} });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  await moment(folder);
  child.kill("SIGKILL");
  await exited;
  const models = (await readdir(folder)).filter((name) => name.endsWith(".onnx"));
  const digests = await Promise.all(models.map((name) => digestOf(join(folder, name))));
  expect(digests).toEqual(digests.map(() => CENTERNET.sha256));
  const { path } = await prepare();
  expect(await digestOf(path)).toBe(CENTERNET.sha256);
});

test("what a killed set-up left is swept up once it is old, and left alone while it may be in use", async () => {
  const { prepare, folder } = await newRoot();
  await mkdir(folder, { recursive: true });
  const [old, young] = ["old.part", "young.part"].map((name) => join(folder, name));
  for (const path of [old, young]) await writeFile(path ?? "", "half");
  await utimes(old ?? "", new Date(0), new Date(0));
  await prepare();
  expect(await readdir(folder)).toEqual(["centernet-512.onnx", "young.part"]);
});

async function entryOf(folder: string, ending: string): Promise<void> {
  while (!(await readdir(folder)).some((name) => name.endsWith(ending))) await wait(1);
}

async function digestOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
