import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import type { EventBus } from "@yardline/bus/event-bus";
import { systemClock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { type HandClock, handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { register } from "prom-client";
import { onTestFinished } from "vitest";
import { writeEdge } from "../edge-directory.ts";
import { type Answer, type HttpsClient, openHttpsClient, type Question } from "../https-client.ts";
import type { Identity, Role } from "../identity.ts";
import { type ReceiverLimits, startReceiver } from "../receiver.ts";
import { makeSigner, NORTH, type Pki } from "./pki.ts";

/** A temporary folder that goes with the test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-region-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export type TestRegion = {
  /** Of its bus and records. */
  readonly folder: string;
  readonly bus: EventBus;
  readonly records: Records;
  readonly url: URL;
  readonly clock: HandClock;
  readonly signing: ReturnType<typeof makeSigner>;
  stop(): Promise<void>;
};

/** A region in this process: a real receiver on a real bus and real records, its clock by hand. Edge north is registered. */
export async function startTestRegion(
  pki: Pki,
  {
    bus: given,
    limits,
    sources = ["camera/north-*", "feed/north"],
  }: {
    bus?: Pick<EventBus, "publish">;
    limits?: Partial<ReceiverLimits>;
    sources?: readonly string[];
  } = {},
): Promise<TestRegion> {
  const folder = await testFolder();
  const clock = handClock(Date.now());
  const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  await writeEdge(records, { ...NORTH, sources: [...sources] });
  const signing = makeSigner();
  const stop = new AbortController();
  const receiver = await startReceiver(
    {
      ...{ bus: given ?? bus, records, clock, tls: pki.receiver, settings_key: signing.signer },
      ...{ listen: { host: "127.0.0.1", port: 0 }, log: pino({ level: "silent" }), limits: limits ?? {} },
    },
    stop.signal,
  );
  const ended = async () => {
    stop.abort();
    await receiver.stopped;
  };
  onTestFinished(async () => {
    await ended();
    await bus.close();
    await records.close();
  });
  return {
    folder,
    bus,
    records,
    clock,
    signing,
    url: new URL(`https://127.0.0.1:${receiver.port}`),
    stop: ended,
  };
}

/** Asks anything of a door, as whoever it says to be; a clock at 0 lets it show a certificate that has expired. */
export function askerOf(origin: URL, identity: Identity, expected: Role = { role: "receiver" }) {
  const client: HttpsClient = openHttpsClient({
    ...{ origin, identity, expected, clock: handClock(0) },
    ...{ answer_ms_max: 5_000, answer_bytes_max: 10_000_000, connections_max: 4 },
  });
  onTestFinished(() => client.close());
  return (question: Question): Promise<Answer> => client.ask(question, new AbortController().signal);
}

/** An answer as its status and what its problem is called, as `403 edge-revoked`. */
export function verdictOf({ status, body }: Answer): string {
  const text = Buffer.from(body).toString();
  const [, kind = ""] = /"urn:yardline:problem:([a-z0-9_-]+)"/i.exec(text) ?? [];
  return `${status} ${kind}`.trim();
}

/** What a counter of this process says, over the labels given. */
export async function counted(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const { values = [] } = (await register.getSingleMetric(name)?.get()) ?? {};
  return values
    .filter((value) => Object.entries(labels).every(([key, label]) => value.labels[key] === label))
    .reduce((sum, { value }) => sum + value, 0);
}
