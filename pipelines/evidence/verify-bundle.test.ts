import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined, zipDirectory, zipLocalHeader } from "./bundle-format.ts";
import { bytesOf } from "./read-bytes.ts";
import { FACTS, recordingFact, testBundle, testFolder } from "./testing.ts";
import { openTownKey, rotateTownKey } from "./town-key.ts";
import { readContainer, verifyBundle } from "./verify-bundle.ts";
import { beginBundle } from "./write-bundle.ts";

const RECORDING = Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7) % 251);
const files = {
  "recordings/yard/0001.mp4": RECORDING,
  "events/1.json": Buffer.from('{"a":1}\n'),
  empty: new Uint8Array(),
};
const quiet = () => undefined;
const verify = (data: Uint8Array, trusted?: string) => verifyBundle(bytesOf(data), trusted, quiet);

async function whole() {
  const recordings = [await recordingFact("recordings/yard/0001.mp4", RECORDING)];
  return testBundle(files, { recordings });
}

test("a bundle as it was signed is whole, and the same files and facts give the same bytes", async () => {
  const { data, key } = await whole();
  expect(await verify(data, key.fingerprint)).toMatchObject({ whole: true, problems: [], trusted: "yes" });
  expect(await verify(data)).toMatchObject({
    whole: true,
    trusted: "not-asked",
    fingerprint: key.fingerprint,
  });
  expect(await verify(data, "0".repeat(64))).toMatchObject({ whole: true, trusted: "no" });
  expect((await whole()).data.length).toBe(data.length);
});

test("any unzip opens it", async () => {
  const { path } = await whole();
  const listed = execFileSync("python3", ["-m", "zipfile", "-t", path], { encoding: "utf8" });
  expect(listed).toContain("Done testing");
});

describe("tampering", () => {
  const start = async () => {
    const { data, key } = await whole();
    const found = async (changed: Uint8Array) => {
      const { whole: is_whole, trusted } = await verify(changed, key.fingerprint);
      return !(is_whole && trusted === "yes");
    };
    const entries = (await readContainer(bytesOf(data))) ?? [];
    /** The same entries in another choice, in a container that is spelled right. */
    const repacked = (chosen: typeof entries) => {
      const parts = chosen.flatMap((each) => [
        zipLocalHeader(each),
        data.subarray(each.at, each.at + each.size),
      ]);
      return joined([...parts, zipDirectory(chosen)]);
    };
    return { data, found, entries, repacked };
  };

  test("1,000 random changes of one byte anywhere: 1,000 found", { timeout: 60_000 }, async () => {
    const { data, found } = await start();
    let [made, seen] = [0, 0];
    const change = fc.tuple(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }));
    for (const [at, by] of fc.sample(change, { numRuns: 1_000, seed: 7 })) {
      const changed = data.slice();
      changed[at] = (changed[at] ?? 0) ^ by;
      made += 1;
      if (await found(changed)) seen += 1;
    }
    process.stdout.write(`single-byte changes made ${made}, found ${seen}\n`);
    expect({ made, seen }).toEqual({ made: 1_000, seen: 1_000 });
  });

  test("every byte of the container, the statement, the envelope and the key is held", {
    timeout: 120_000,
  }, async () => {
    const { data, found } = await start();
    const free: number[] = [];
    const recording = Buffer.from(data).indexOf(RECORDING);
    for (let at = 0; at < data.length; at++) {
      if (at > recording + 2 && at < recording + RECORDING.length - 2) continue;
      const changed = data.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      if (!(await found(changed))) free.push(at);
    }
    expect(free).toEqual([]);
  });

  test.for([
    ["cut", (whole: Uint8Array) => whole.subarray(0, -1)],
    ["cut in the middle", (whole: Uint8Array) => whole.subarray(0, whole.length / 2)],
    ["something before it", (whole: Uint8Array) => joined([new Uint8Array([0]), whole])],
    ["something after it", (whole: Uint8Array) => joined([whole, new Uint8Array([0])])],
    ["nothing", () => new Uint8Array()],
    ["not a bundle", () => Buffer.from("PK".repeat(500))],
    ["one after the other", (whole: Uint8Array) => joined([whole, whole])],
  ] as const)("%s: found", async ([, change]) => {
    const { data, found } = await start();
    expect(await found(change(data))).toBe(true);
  });

  test("packed anew in the same order it is the same bytes", async () => {
    const { data, entries, repacked } = await start();
    expect(repacked(entries)).toEqual(data);
  });
  type Entries = Awaited<ReturnType<typeof start>>["entries"];
  test.for([
    ["in another order", (all: Entries) => [...all.slice(1, 2), ...all.slice(0, 1), ...all.slice(2)]],
    ["without a file", (all: Entries) => all.slice(1)],
    ["with a file twice", (all: Entries) => [...all.slice(0, 1), ...all]],
    ["without its signature", (all: Entries) => all.slice(0, -1)],
    [
      "two files in each other's place",
      (all: Entries) => {
        const names = all.map(({ name }) => name);
        [names[0], names[1]] = [names[1] ?? "", names[0] ?? ""];
        return all.map((each, at) => ({ ...each, name: names[at] ?? "" }));
      },
    ],
  ] as const)("packed anew %s: found", async ([, choose]) => {
    const { entries, found, repacked } = await start();
    expect(await found(repacked(choose(entries)))).toBe(true);
  });
});

test("a bundle that somebody else made and signed is whole, and not the town's", async () => {
  const [town, other] = [await whole(), await whole()];
  expect(await verify(other.data, town.key.fingerprint)).toMatchObject({ whole: true, trusted: "no" });
});

test("a recording that is not what was hashed when it was recorded is named", async () => {
  const recordings = [await recordingFact("recordings/yard/0001.mp4", new Uint8Array([1]))];
  const { data } = await testBundle(files, { recordings });
  const problems = [{ code: "recording-changed", file: "recordings/yard/0001.mp4" }];
  expect(await verify(data)).toMatchObject({ whole: false, problems });
});

test("whoever trusts an older key trusts those that it vouched for, one after the other, and not the other way", async () => {
  const folder = await testFolder();
  const clock = { now_ms: () => Date.parse("2026-11-22T12:00:00Z") };
  const first = await openTownKey(folder);
  await rotateTownKey(folder, clock);
  const third = await rotateTownKey(folder, clock);
  const stolen = await testFolder();
  await writeFile(join(stolen, "rotations.json"), JSON.stringify(third.rotations));
  const strange = await openTownKey(stolen);
  const made = async (key: typeof first) => {
    const path = join(folder, "b.zip");
    await (await beginBundle(path, key)).finish(FACTS);
    return new Uint8Array(await readFile(path));
  };
  expect(await verify(await made(third), first.fingerprint)).toMatchObject({ whole: true, trusted: "yes" });
  expect(await verify(await made(first), third.fingerprint)).toMatchObject({ whole: true, trusted: "no" });
  expect(await verify(await made(strange), first.fingerprint)).toMatchObject({ whole: true, trusted: "no" });
});
