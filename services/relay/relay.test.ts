import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { issueCertificate, makeAuthority } from "./certificates.ts";
import type { Identity } from "./identity.ts";
import { runRelay } from "./relay.ts";
import { makePki, NORTH } from "./testing/pki.ts";
import { counted, startTestRegion, testFolder } from "./testing/region.ts";
import { lostAt, recordOf } from "./testing/statements.ts";

const authority = makeAuthority();
const pki = makePki(authority);
const AT_MS = Date.parse("2026-11-20T10:00:00Z");

/** The relay of edge north, as real as it gets in one process. What its log warned of. */
async function startRelay(region: URL, identity: Identity) {
  const folder = await testFolder();
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const stop = new AbortController();
  const warnings: Record<string, unknown>[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void warnings.push(JSON.parse(line)) });
  const parts = { bus, region, identity, clock: systemClock, random: () => 0, log };
  const running = runRelay({ ...parts, signal: stop.signal });
  onTestFinished(async () => {
    stop.abort();
    await running;
    await bus.close();
  });
  return { bus, warnings };
}

test("carries every topic of the edge to its region, and says when it last could", async () => {
  const region = await startTestRegion(await pki);
  const { bus } = await startRelay(region.url, (await pki).north);
  const bytes = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  const position = {
    vehicle_id: "041",
    at_ms: AT_MS,
    received_at_ms: AT_MS,
    latitude: 50.4,
    longitude: 30.5,
  };
  await bus.publish("events", [recordOf(lostAt(AT_MS, 0))]);
  await bus.publish("positions", [{ key: "041", source: "feed/north", body: bytes(position) }]);
  await bus.publish("cameras", [
    { key: "north-1", source: "camera/north-1", body: bytes({ id: "north-1" }) },
  ]);
  for (const topic of ["events", "positions", "cameras"] as const) {
    await eventually(async () => expect(await bus.lag(topic, "relay")).toBe(0));
    expect(await region.bus.lag(topic, "nobody")).toBe(1);
  }
  expect(
    Math.abs((await counted("yardline_relay_contact_timestamp_seconds")) - Date.now() / 1000),
  ).toBeLessThan(60);
});

test.for([
  ["a server that is no receiver", async () => (await pki).api, /certificate is that of urn:yardline:api/],
  [
    "a server of another authority",
    async () => issueCertificate(await makeAuthority(), { role: "receiver" }, 2),
    /unable to verify|self-signed/,
  ],
] as const)("tells nothing to %s", async ([, make, reason]) => {
  const region = await startTestRegion({
    ...(await pki),
    receiver: { ...(await make()), ca: (await pki).north.ca },
  });
  const { bus, warnings } = await startRelay(region.url, (await pki).north);
  await bus.publish("events", [recordOf(lostAt(AT_MS, 0))]);
  const [warning] = await eventually(() => {
    expect(warnings).not.toEqual([]);
    return warnings;
  });
  expect(warning).toMatchObject({ code: "PEER_UNREACHABLE", reason: expect.stringMatching(reason) });
  expect([await bus.lag("events", "relay"), await region.bus.lag("events", "nobody")]).toEqual([1, 0]);
});

test("knows by itself that its own certificate has expired", async () => {
  const region = await startTestRegion(await pki);
  const { bus, warnings } = await startRelay(
    region.url,
    await issueCertificate(await authority, { role: "edge", ...NORTH }, -1),
  );
  await bus.publish("events", [recordOf(lostAt(AT_MS, 0))]);
  await eventually(() =>
    expect(warnings[0]).toMatchObject({
      code: "CERTIFICATE_EXPIRED",
      reason: expect.stringMatching(/expired on .* Issue a new one/),
    }),
  );
});
