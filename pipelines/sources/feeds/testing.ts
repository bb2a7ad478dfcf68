import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";

/** Where Debian puts it; its folder is on root's path alone. */
const MOSQUITTO = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/opt/homebrew/sbin/mosquitto"];
const STARTS_WITHIN_MS = 5_000;

export type Broker = {
  readonly port: number;
  /** The certificate that it shows, where it speaks TLS. */
  readonly ca?: string;
  stop(): Promise<void>;
};

type BrokerOptions = {
  readonly port?: number;
  readonly tls?: boolean;
  /** Whom it lets in; everybody without. */
  readonly user?: { readonly name: string; readonly password: string };
};

/** A real Mosquitto on loopback. @throws AppError `BACKEND_TOOLS_MISSING`. */
export async function startMosquitto({ port, tls = false, user }: BrokerOptions = {}): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), "mosquitto-"));
  const taken = port ?? (await freePort());
  const certificate = tls ? makeCertificate(folder) : undefined;
  const lines = [
    `listener ${taken} 127.0.0.1`,
    "persistence false",
    "max_queued_messages 100000",
    `allow_anonymous ${user === undefined}`,
    ...(user ? [`password_file ${passwordFile(folder, user)}`] : []),
    ...(certificate ? [`certfile ${certificate.file}`, `keyfile ${certificate.key}`] : []),
    // Started by root it would become somebody who cannot read this folder.
    "user root",
  ];
  const config = join(folder, "mosquitto.conf");
  writeFileSync(config, `${lines.join("\n")}\n`);
  const child = spawn(binary(), ["-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  let said = "";
  const late = setTimeout(() => child.kill("SIGKILL"), STARTS_WITHIN_MS);
  for await (const piece of child.stderr) {
    said += piece;
    if (/ running\s/.test(said)) break;
  }
  clearTimeout(late);
  if (!/ running\s/.test(said)) throw new AppError("BACKEND_FAILED", `Mosquitto did not start: ${said}`);
  return { port: taken, stop, ...(certificate && { ca: certificate.pem }) };
}

function binary(): string {
  const found = MOSQUITTO.find((path) => {
    try {
      execFileSync(path, ["-h"], { stdio: "ignore" });
      return true;
    } catch (failure) {
      return Reflect.get(Object(failure), "code") !== "ENOENT";
    }
  });
  if (found) return found;
  throw new AppError("BACKEND_TOOLS_MISSING", "Mosquitto is missing: apt-get install mosquitto");
}

function passwordFile(folder: string, { name, password }: { name: string; password: string }): string {
  const file = join(folder, "passwords");
  writeFileSync(file, `${name}:${password}\n`, { mode: 0o600 });
  execFileSync("mosquitto_passwd", ["-U", file]);
  return file;
}

function makeCertificate(folder: string) {
  const [file, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...made, ...subject, "-keyout", key, "-out", file], {
    stdio: "ignore",
  });
  return { file, key, pem: readFileSync(file, "utf8") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
