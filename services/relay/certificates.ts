import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError, messageOf } from "@yardline/domain/errors";
import { type Identity, type Role, urnOf } from "./identity.ts";

/** A town's own certificate authority, in PEM. Its key signs every box, so it stays off the boxes. */
export type Authority = { readonly key: string; readonly cert: string };

const AUTHORITY_DAYS = 3_650;
const OPENSSL_MS_MAX = 20_000;

const run = promisify(execFile);

/**
 * Makes an authority for a town or region that has none. Node can read X.509 but not make it; the `openssl` command can.
 * @throws AppError `OPENSSL_FAILED`.
 */
export async function makeAuthority(): Promise<Authority> {
  const key = newKey();
  const rights = ["basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=critical,keyCertSign"];
  const cert = await withFiles({ "ca.key": key.private }, (folder) =>
    openssl(folder, [
      ...["req", "-x509", "-new", "-key", "ca.key", "-subj", "/CN=Yardline authority"],
      ...["-days", `${AUTHORITY_DAYS}`, ...rights.flatMap((right) => ["-addext", right]), "-out", "out.pem"],
    ]),
  );
  return { key: key.private, cert };
}

/**
 * Makes a key and a certificate for one machine. The same certificate serves as client and as server.
 * @param days from now on; nothing renews it by itself.
 * @throws AppError `OPENSSL_FAILED`.
 */
export async function issueCertificate(authority: Authority, who: Role, days: number): Promise<Identity> {
  const key = newKey();
  const files = {
    "ca.key": authority.key,
    "ca.pem": authority.cert,
    "own.pub": key.public,
    rights: [
      `subjectAltName=URI:${urnOf(who)}`,
      "basicConstraints=critical,CA:FALSE",
      "keyUsage=critical,digitalSignature",
      "extendedKeyUsage=serverAuth,clientAuth",
    ].join("\n"),
  };
  const cert = await withFiles(files, (folder) =>
    openssl(folder, [
      ...["x509", "-new", "-subj", "/CN=Yardline", "-force_pubkey", "own.pub", "-CA", "ca.pem"],
      ...["-CAkey", "ca.key", "-days", `${days}`, "-extfile", "rights", "-out", "out.pem"],
    ]),
  );
  return { key: key.private, cert, ca: authority.cert };
}

function newKey(): { readonly private: string; readonly public: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    private: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    public: publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

/** Keys pass by files that only we may read, in a folder that is gone afterwards: never by arguments. */
async function withFiles(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-certificate-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text, { mode: 0o600 });
    }
    await work(folder);
    return await readFile(join(folder, "out.pem"), "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  try {
    await run("openssl", [...args], { cwd: folder, timeout: OPENSSL_MS_MAX });
  } catch (cause) {
    const message = `The openssl command (3.0 or newer) is needed to make certificates, and failed: ${messageOf(cause)}`;
    throw new AppError("OPENSSL_FAILED", message, { cause });
  }
}
