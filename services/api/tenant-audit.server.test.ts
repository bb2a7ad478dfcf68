import { generateKeyPairSync } from "node:crypto";
import { openAudit } from "@yardline/audit/audit";
import { signCheckpoint } from "@yardline/audit/checkpoint";
import { openRecordsStore } from "@yardline/audit/records-store";
import { verifierOf } from "@yardline/audit/signed-note";
import { openPostgresRecords } from "@yardline/records/postgres";
import { askDatabase, makeDatabase } from "@yardline/records/postgres-testing";
import { tenantRecords } from "@yardline/tenancy/tenant-records";
import { handClock } from "@yardline/testkit/hand-clock";
import { realServer } from "@yardline/testkit/real-server";
import { expect, onTestFinished, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { testIdentity } from "./testing/people.ts";
import { CAMERA, NOON_MS } from "./testing/scenes.ts";

const TENANTS = ["kaminka", "lypivka"] as const;
const PASSWORD = "correct horse battery";

/** A region on PostgreSQL: two tenants' doors, each with its own log and key, and in each a dispatcher and a privacy officer. */
async function region() {
  const { url, drop } = await makeDatabase(await realServer("postgres"));
  const shared = await openPostgresRecords({ url: String(url), watch: { failed: () => undefined } });
  onTestFinished(async () => {
    await shared.close();
    await drop();
  });
  const { identity, headersOf } = await testIdentity({ empty: true });
  const clock = handClock(NOON_MS);
  const doors = new Map<string, Awaited<ReturnType<typeof testApp>>>();
  const heads = new Map<string, () => Promise<string>>();
  for (const tenant of TENANTS) {
    for (const role of ["dispatcher", "privacy-officer"] as const) {
      const grants = [{ tenant, role }];
      await identity.accounts.create(`${role}-${tenant}`, { name: role, password: PASSWORD, grants });
    }
    const records = tenantRecords(shared, tenant);
    const store = openRecordsStore(records);
    const signer = {
      name: `yardline-audit/${tenant}`,
      key: generateKeyPairSync("ed25519").privateKey,
    };
    const audit = openAudit(store, clock, verifierOf(signer));
    const town = { name: tenant, tenant, simulated: false };
    const parts = { identity, records, audit, clock, town, cameras: { listCameras: () => [CAMERA] } };
    doors.set(tenant, await testApp(parts));
    heads.set(tenant, async () =>
      signCheckpoint({ origin: signer.name, ...(await store.extent()).head, at_ms: NOON_MS }, signer),
    );
  }
  const ask = async (who: string, tenant: string, method: "GET" | "POST", path: string, payload?: object) => {
    const answer = await doors.get(tenant)?.inject({
      ...{ method, url: path, headers: await headersOf(`${who}`) },
      ...(payload && { payload }),
    });
    return { status: answer?.statusCode, body: answer?.json() };
  };
  const checkpointOf = async (tenant: string) => (await heads.get(tenant)?.()) ?? "";
  return { ask, url, checkpointOf };
}

test("each tenant's officer sees and proves the tenant's own log, and nobody another's", async () => {
  const { ask, url, checkpointOf } = await region();
  for (const tenant of TENANTS) {
    const begun = await ask(`dispatcher-${tenant}`, tenant, "POST", "/v1/shifts", {
      purpose: `duty in ${tenant}`,
    });
    expect(begun.status).toBe(201);
  }
  for (const tenant of TENANTS) {
    const officer = `privacy-officer-${tenant}`;
    const { body } = await ask(officer, tenant, "GET", "/v1/audit");
    expect(body.entries.map(({ who }: { who: string }) => who)).toEqual([officer, `dispatcher-${tenant}`]);
    expect(JSON.stringify(body)).not.toContain(tenant === "kaminka" ? "lypivka" : "kaminka");
    const checkpoints = await checkpointOf(tenant);
    const proof = await ask(officer, tenant, "POST", "/v1/audit/proof", { checkpoints });
    expect(proof.body).toMatchObject({ findings: [], proven: 2 });
    // A neighbour's officer, a neighbour's checkpoint, and the tenant's own dispatcher.
    const other = tenant === "kaminka" ? "lypivka" : "kaminka";
    expect((await ask(`privacy-officer-${other}`, tenant, "GET", "/v1/audit")).status).toBe(403);
    expect((await ask(`privacy-officer-${other}`, tenant, "POST", "/v1/audit/proof", {})).status).toBe(403);
    expect((await ask(`dispatcher-${tenant}`, tenant, "GET", "/v1/audit")).status).toBe(403);
    const foreign = await ask(officer, tenant, "POST", "/v1/audit/proof", {
      checkpoints: await checkpointOf(other),
    });
    expect(foreign.body.findings).toMatchObject([{ kind: "checkpoint" }]);
  }
  await askDatabase(
    String(url),
    "UPDATE yardline.record SET value = replace(value, 'duty in kaminka', 'duty of kaminka') WHERE kind = 'kaminka/audit'",
  );
  const findings = async (tenant: string) =>
    (await ask(`privacy-officer-${tenant}`, tenant, "POST", "/v1/audit/proof", {})).body.findings_count;
  expect([await findings("kaminka"), await findings("lypivka")]).toEqual([1, 0]);
});
