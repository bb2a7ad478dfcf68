import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCertificate } from "@yardline/relay/identity";
import { readIdentity, readSigningKeyFile, readTrustedKeyFiles } from "@yardline/relay/key-files";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../testing.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "yardline-certificates-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test("makes an authority, and with it what an edge and its region need", async () => {
  const at = await folder();
  const authority = ["--authority", join(at, "ca")];
  const make = (...argv: string[]) => run("certificates", ...argv, ...authority);
  expect(await make("authority")).toMatchObject({ code: 0 });
  expect(await make("edge", "smalltown/north", "--out", join(at, "north"))).toMatchObject({ code: 0 });
  expect(await make("api", "--out", join(at, "api"), "--days", "7")).toMatchObject({ code: 0 });

  const { cert, ca } = await readIdentity(join(at, "north"));
  expect(readCertificate(new X509Certificate(cert))?.who).toEqual({
    role: "edge",
    tenant: "smalltown",
    edge: "north",
  });
  expect(new X509Certificate(cert).checkIssued(new X509Certificate(ca))).toBe(true);
  const { id } = await readSigningKeyFile(join(at, "api"));
  expect((await readTrustedKeyFiles([join(at, "api/signing-key.pub.pem")])).has(id)).toBe(true);
  expect(await readdir(join(at, "north"))).toEqual(["authority.pem", "certificate.pem", "key.pem"]);
  expect((await stat(join(at, "north/key.pem"))).mode & 0o777).toBe(0o600);

  const again = await make("edge", "smalltown/north", "--out", join(at, "north"));
  expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/cannot be written: .*exist/) });
});

test.for([
  { argv: ["burn"], says: "there is authority|receiver|api|edge" },
  { argv: ["edge", "Small Town/north"], says: "TENANT/EDGE" },
  { argv: ["api", "--days", "0"], says: "--days" },
])("$argv is a mistake of the command line", async ({ argv, says }) => {
  const answer = await run("certificates", ...argv, "--authority", "ca");
  expect(answer).toMatchObject({ code: 2, err: expect.stringContaining(says) });
});

test("without an authority it says where it looked", async () => {
  const at = await folder();
  const { code, err } = await run("certificates", "receiver", "--authority", at, "--out", join(at, "out"));
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/authority-key\.pem cannot be read/) });
});
