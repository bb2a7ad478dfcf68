import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Made = { readonly cert: string; readonly key: string };

const NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem";

/** A certificate that signs itself, made by openssl: for a name, or an authority's. */
export function selfSigned(name: string, { days = 90, authority = false } = {}): Promise<Made> {
  const rights = authority ? "basicConstraints=critical,CA:TRUE" : `subjectAltName=DNS:${name}`;
  return inFolder(async (openssl, read) => {
    const args = `req -x509 ${NEW_KEY} -days ${days} -out cert.pem -subj /CN=test -addext`;
    await openssl([...args.split(" "), rights]);
    return { cert: await read("cert.pem"), key: await read("key.pem") };
  });
}

/** What an authority signs for a request (DER) that proves its key. */
export function signRequest(
  csr: Buffer,
  { cert, key }: Made,
  days: number,
): Promise<{ readonly cert: string; readonly names: readonly string[] }> {
  return inFolder(async (openssl, read, write) => {
    await write({ "csr.der": csr, "ca.pem": cert, "ca.key": key });
    const said = await openssl("req -inform DER -in csr.der -verify -noout -text".split(" "));
    const names = [...said.matchAll(/DNS:([^\s,]+)/g)].map(([, name = ""]) => name);
    await write({ rights: `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}` });
    const args = `x509 -req -inform DER -in csr.der -CA ca.pem -CAkey ca.key -days ${days} -extfile rights -out cert.pem`;
    await openssl(args.split(" "));
    return { cert: await read("cert.pem"), names };
  });
}

async function inFolder<Result>(
  work: (
    openssl: (args: readonly string[]) => Promise<string>,
    read: (name: string) => Promise<string>,
    write: (files: Record<string, string | Buffer>) => Promise<void>,
  ) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-tls-"));
  try {
    return await work(
      async (args) => (await run("openssl", [...args], { cwd: folder })).stdout,
      (name) => readFile(join(folder, name), "utf8"),
      async (files) => {
        for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
      },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
