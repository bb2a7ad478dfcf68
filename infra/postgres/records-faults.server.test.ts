import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { openPostgresRecords } from "@yardline/records/postgres";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../backends/free-port.ts";
import { wireTo } from "./cut-wire.ts";
import { startPostgres } from "./start.ts";

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-postgres-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function start(settings: Readonly<Record<string, string>> = {}) {
  const folder = await tempFolder();
  const options = { folder, port: await freePort(), settings };
  let server = await startPostgres(options);
  onTestFinished(() => server.stop());
  return {
    url: server.url,
    kill: () => server.kill("SIGKILL"),
    restart: async () => {
      // One that is killed takes a moment to be gone, and until then it counts as running.
      await server.stop();
      server = await startPostgres(options);
    },
  };
}

async function open(url: string) {
  const failures: AppError[] = [];
  const records = await openPostgresRecords({ url, watch: { failed: (error) => void failures.push(error) } });
  onTestFinished(() => records.close());
  return { records, failures };
}

test("over kills -9 of the server nothing acknowledged is lost, and work goes on by itself", {
  timeout: 60_000,
}, async () => {
  const { url, kill, restart } = await start();
  const { records, failures } = await open(url);
  let last = 0;
  for (const killed_after_ms of [30, 250, 90]) {
    const killing = setTimeout(kill, killed_after_ms);
    const error = await writeUntilRefused();
    clearTimeout(killing);
    expect(error).toMatchObject({ code: "RECORDS_UNAVAILABLE", retryable: true });
    await expect(records.find("count", "1")).rejects.toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    await restart();
    // Told of nothing, the callers find it there again. The refused write may be kept or not, as the port says.
    const row = await eventually(() => records.find("count", "1"));
    expect([last, last + 1]).toContain(row?.value);
    expect(row?.revision).toBe(row?.value);
    last = Number(row?.value);
  }
  expect(failures.length).toBeGreaterThan(3);

  async function writeUntilRefused(): Promise<unknown> {
    for (;;) {
      try {
        await records.write([{ kind: "count", id: "1", expected: last, value: last + 1 }]);
        last++;
      } catch (error) {
        return error;
      }
    }
  }
});

test("processes that change one row at once lose no change", { timeout: 60_000 }, async () => {
  const { url } = await start();
  const { records } = await open(url);
  const program = join(import.meta.dirname, "fixtures/count-up.ts");
  const counting = Array.from({ length: 3 }, async () => {
    const child = spawn(process.execPath, [program, url, "60"], { stdio: ["ignore", "pipe", "inherit"] });
    const [[conflicts], [code]] = await Promise.all([once(child.stdout, "data"), once(child, "close")]);
    return { code, conflicts: Number(conflicts) };
  });
  const ended = await Promise.all(counting);
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(await records.find("counter", "shared")).toMatchObject({ revision: 180, value: 180 });
});

test("a server that falls silent costs a call its time, closing too, and comes back", {
  timeout: 60_000,
}, async () => {
  const { url } = await start();
  const wire = await wireTo(Number(new URL(url).port));
  onTestFinished(wire.close);
  const { records } = await open(Object.assign(new URL(url), { port: `${wire.port}` }).href);
  await records.write([{ kind: "a", id: "1", value: 1 }]);
  wire.cut();
  const unavailable = { code: "RECORDS_UNAVAILABLE", retryable: true };
  await expect(records.find("a", "1")).rejects.toMatchObject(unavailable);
  wire.mend();
  expect((await records.find("a", "1"))?.value).toBe(1);
  wire.cut();
  const began_ms = performance.now();
  await records.close();
  expect(performance.now() - began_ms).toBeLessThan(8_000);
});

test("TLS: the right authority is trusted, another one, another name and none are not", {
  timeout: 60_000,
}, async () => {
  const folder = await tempFolder();
  for (const name of ["ours", "theirs"]) {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...subject], {
      stdio: "ignore",
    });
  }
  const at = (url: string, host: string, ca: string) => {
    const to = Object.assign(new URL(url), { hostname: host });
    to.searchParams.set("sslmode", "verify-full");
    to.searchParams.set("sslrootcert", join(folder, `${ca}.crt`));
    return to.href;
  };
  const tls = { ssl: "on", ssl_cert_file: join(folder, "ours.crt"), ssl_key_file: join(folder, "ours.key") };
  const { url } = await start(tls);
  const { records } = await open(at(url, "localhost", "ours"));
  await records.write([{ kind: "a", id: "1", value: 1 }]);

  const plain = await start();
  const distrust = async (where: string) => {
    const thrown: unknown = await open(where).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "RECORDS_UNAVAILABLE", retryable: false });
    return thrown instanceof AppError ? thrown.message : "";
  };
  expect(await distrust(at(url, "localhost", "theirs"))).toMatch(/not trusted: self-signed certificate/);
  expect(await distrust(at(url, "127.0.0.1", "ours"))).toMatch(/not trusted: .*IP: 127.0.0.1/);
  expect(await distrust(at(plain.url, "localhost", "ours"))).toMatch(
    /not trusted: The server does not support SSL/,
  );
});
