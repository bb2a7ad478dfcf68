import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { testBundle } from "@yardline/evidence/testing";
import { expect, test } from "vitest";
import { run } from "../testing.ts";

const FILES = { "recordings/yard/0001.mp4": new Uint8Array(3_000).fill(7) };

test("verify says whether a bundle is whole and who signed it", async () => {
  const { path, key, folder, data } = await testBundle(FILES);
  const pem = join(folder, "posted.pem");
  await writeFile(pem, key.public_pem);
  expect(await run("evidence", "verify", path, "--key", pem)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^whole: 3 files, 0 recordings\nsigned by the town's key [0-9a-f]{4} /),
  });
  const spaced = key.fingerprint.match(/.{8}/g)?.join(" ") ?? "";
  expect(await run("evidence", "verify", path, "--fingerprint", spaced)).toMatchObject({ code: 0 });
  expect((await run("evidence", "verify", path)).out).toContain("who signed was not checked");
  const strange = await run("evidence", "verify", path, "--fingerprint", "ab".repeat(32));
  expect(strange).toMatchObject({ code: 1, out: expect.stringContaining("NOT signed by the key") });
  data[100] = (data[100] ?? 0) ^ 1;
  await writeFile(path, data);
  const changed = await run("evidence", "verify", path, "--key", pem);
  expect(changed).toMatchObject({
    code: 1,
    out: "NOT as it was signed\nrecordings/yard/0001.mp4 was changed\nrecordings/yard/0001.mp4 was changed\n",
  });
});

test("the key is made once, kept for its owner alone, and rotated", async () => {
  const { folder } = await testBundle({});
  const first = await run("evidence", "key", "--data", folder);
  expect(first.out).toMatch(
    /^-----BEGIN PUBLIC KEY-----\n[\s\S]+fingerprint (?:[0-9a-f]{4} ){15}[0-9a-f]{4}\n$/,
  );
  expect(await run("evidence", "key", "--data", folder)).toEqual(first);
  const { mode } = await stat(join(folder, "evidence/key/town-key.pem"));
  expect((mode & 0o777).toString(8)).toBe("600");
  expect((await run("evidence", "rotate-key", "--data", folder)).code).toBe(0);
  expect((await run("evidence", "key", "--data", folder)).out).not.toBe(first.out);
});

test("page writes one file that asks nobody anything", async () => {
  const { folder } = await testBundle({});
  const out = join(folder, "verify.html");
  expect(await run("evidence", "page", "--out", out)).toMatchObject({ code: 0 });
  const html = await readFile(out, "utf8");
  expect(html).toContain("default-src 'none'");
  expect(html.match(/(?:src|href)=|https?:\/\/(?!in-toto\.io)|import /g)).toBeNull();
});

test.for([["verify"], ["fly"], ["key", "x"], ["verify", "x", "--fingerprint", "12"]])(
  "%j is refused",
  async (argv) => {
    expect((await run("evidence", ...argv)).code).toBe(2);
  },
);
