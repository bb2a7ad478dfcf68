import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { keepGiven } from "./given-certificate.ts";
import { type Made, selfSigned } from "./testing/certificates.ts";
import { testKeeping } from "./testing/keeping.ts";

async function filesOf(made: Made) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-given-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = { certificate: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  const write = async ({ cert, key }: Partial<Made>) => {
    if (cert !== undefined) await writeFile(files.certificate, cert);
    if (key !== undefined) await writeFile(files.key, key);
  };
  await write(made);
  return { files, write };
}

test("another certificate is served as soon as both files are its; until then the one before", async () => {
  const [first, second] = [await selfSigned("town.example"), await selfSigned("town.example")];
  const { files, write } = await filesOf(first);
  const { parts, used, lines, stop } = testKeeping();
  const keeping = await keepGiven(files, parts, stop.signal);
  expect([used.map(({ cert }) => cert), keeping.findTrouble()]).toEqual([[first.cert], undefined]);
  await write({ cert: second.cert });
  await eventually(() => expect(keeping.findTrouble()).toContain("the key is another certificate's"));
  expect(used).toHaveLength(1);
  await write({ key: second.key });
  await eventually(() => expect(used.map(({ cert }) => cert)).toEqual([first.cert, second.cert]));
  await eventually(() => expect(keeping.findTrouble()).toBe(undefined));
  stop.abort();
  await keeping.ended;
  expect(lines.join()).not.toContain("PRIVATE KEY");
});

test("a certificate that ends is told before it does", async () => {
  const { files } = await filesOf(await selfSigned("town.example"));
  const { parts, clock, stop } = testKeeping();
  const keeping = await keepGiven(files, parts, stop.signal);
  clock.advance(85 * 86_400_000);
  expect(keeping.findTrouble()).toContain("was not renewed yet");
});

test("without a first one that could be served nothing is opened", async () => {
  const { files } = await filesOf(await selfSigned("other.example"));
  const { parts, stop } = testKeeping();
  const code = (wrong: typeof files) =>
    keepGiven(wrong, parts, stop.signal).catch((thrown: { code: string }) => thrown.code);
  expect(await code(files)).toBe("CERTIFICATE_UNFIT");
  expect(await code({ ...files, key: "/nowhere/key.pem" })).toBe("CERTIFICATE_FILE");
});
