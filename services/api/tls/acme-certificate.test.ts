import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { keepByAcme } from "./acme-certificate.ts";
import { openPublicDoor } from "./public-door.ts";
import { acmeServer } from "./testing/acme-server.ts";
import { testKeeping } from "./testing/keeping.ts";

/** openssl makes keys and certificates in processes of its own. */
const LONG = { timeout: 180_000 };
const DAY_MS = 86_400_000;

/** A town's public door on free ports, an authority that asks it for proofs, and a folder for what is kept. */
async function street() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-acme-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const challenges = new Map<string, string>();
  const app = await testApp({ public_name: "town.example" });
  const door = await openPublicDoor(app, {
    ...{ name: "town.example", host: "127.0.0.1", port: 0, http_port: 0, challenges },
  });
  onTestFinished(() => door.close());
  const authority = await acmeServer(() => door.http_port);
  const acme = { directory: authority.directory, email: "it@town.example", challenges, folder, poll_ms: 20 };
  const keep = async () => {
    const town = testKeeping(door.use);
    return { ...town, keeping: await keepByAcme(acme, town.parts, town.stop.signal) };
  };
  const ask = async (path: string) => {
    const sent = request({
      ...{ host: "127.0.0.1", port: door.port(), path, servername: "town.example" },
      ...{ headers: { host: `town.example:${door.port()}` }, ca: authority.authority.cert, agent: false },
    }).end();
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  };
  return { door, authority, folder, keep, ask };
}

test(
  "a certificate is obtained, served, kept for its owner alone, and used again after a restart",
  LONG,
  async () => {
    const { authority, folder, keep, ask } = await street();
    const first = await keep();
    expect(first.keeping.findTrouble()).toContain("There is no certificate yet.");
    await eventually(() => expect(first.used).toHaveLength(1), 60_000);
    const answer = await ask("/healthz");
    expect([answer.status, answer.headers["strict-transport-security"]]).toEqual([200, "max-age=31536000"]);
    expect(first.keeping.findTrouble()).toBe(undefined);
    expect((await readdir(folder)).toSorted()).toEqual(["account-key.pem", "pair.pem"]);
    for (const name of ["account-key.pem", "pair.pem"]) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    first.stop.abort();
    await first.keeping.ended;
    const second = await keep();
    expect(second.used.map(({ cert }) => cert)).toEqual(first.used.map(({ cert }) => cert));
    expect(authority.orders()).toBe(1);
    expect([...first.lines, ...second.lines].join()).not.toContain("PRIVATE KEY");
  },
);

test(
  "it is renewed in time, once; an authority that refuses or is gone is asked later and later, and the old one is served",
  LONG,
  async () => {
    const { authority, keep, ask } = await street();
    const { keeping, clock, used, lines } = await keep();
    await eventually(() => expect(used).toHaveLength(1), 60_000);
    clock.advance(54 * DAY_MS);
    await eventually(() => expect(used).toHaveLength(1));
    const problem = { status: 429, type: "rateLimited", detail: "Too many of you today." };
    authority.refuse(problem);
    clock.advance(2 * DAY_MS);
    const failures = () => lines.filter((line) => line.includes("ACME_FAILED"));
    await eventually(() => expect(failures()).toHaveLength(1), 60_000);
    expect(failures()[0]).toContain(problem.detail);
    // There is time for the next try: nobody has to be woken.
    expect([keeping.findTrouble(), (await ask("/healthz")).status]).toEqual([undefined, 200]);
    clock.advance(14 * 60_000);
    authority.close();
    clock.advance(60_000);
    await eventually(() => expect(failures()).toHaveLength(2), 60_000);
    clock.advance(29 * DAY_MS);
    await eventually(() => expect(keeping.findTrouble()).toContain("was not renewed yet"), 60_000);
    expect(used).toHaveLength(1);
    expect(lines.join()).not.toContain("PRIVATE KEY");
  },
);

test("by a clock that is a year ahead it is asked for once and not again and again", LONG, async () => {
  const { authority, keep } = await street();
  const { keeping, clock, used } = await keep();
  clock.advance(365 * DAY_MS);
  await eventually(() => expect(used.length).toBeGreaterThan(0), 60_000);
  await eventually(() => expect(keeping.findTrouble()).toContain("The certificate ended"));
  expect(authority.orders()).toBeLessThanOrEqual(2);
});
