import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OLDEST } from "@yardline/bus/event-bus";
import { openKafkaBus } from "@yardline/bus/kafka";
import { answersKafka } from "@yardline/bus/kafka/answers-kafka";
import { applyTopics } from "@yardline/bus/kafka/apply-topics";
import { systemClock } from "@yardline/domain/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../backends/free-port.ts";
import { type Kafka, startKafka } from "./start.ts";

const BOOT_MS_MAX = 120_000;
const login = { user: "town", password: "p@ss:w/örd %" };

let folder = "";
let kafka: Kafka;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yardline-kafka-"));
  kafka = await startKafka({ folder, port: await freePort(), login });
}, BOOT_MS_MAX);
afterAll(async () => {
  await kafka?.stop();
  await rm(folder, { recursive: true, force: true });
}, BOOT_MS_MAX);

test("over TLS, with a password, everything works as without", async () => {
  const url = kafka.address;
  expect(await answersKafka(url)).toBe(true);
  await applyTopics({ url });
  const bus = await openKafkaBus({ url, clock: systemClock });
  await bus.publish("events", [{ key: "a", source: "s", body: Buffer.from("1") }]);
  for await (const [record] of bus.tail("events", OLDEST, AbortSignal.timeout(20_000))) {
    expect(record).toMatchObject({ key: "a", source: "s", body: Buffer.from("1") });
    break;
  }
  await bus.close();
});

test.for([
  { what: "a wrong password", change: ["p%40ss", "wrong"], code: "BUS_REFUSED" },
  { what: "no TLS", change: ["tls=1&ca=", "tls=0&xx="], code: "BUS_ADDRESS" },
  { what: "a certificate that nobody vouches for", change: [/&ca=[^&]*/, ""], code: "BUS_UNAVAILABLE" },
  { what: "a file that is not there", change: [/ca=[^&]*/, "ca=nowhere.pem"], code: "BUS_ADDRESS" },
] as const)("$what is refused, and the message holds no password", async ({ change: [from, to], code }) => {
  const url = kafka.address.replace(from, to);
  const failure = await openKafkaBus({ url, clock: systemClock }).catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code });
  expect(`${Object(failure).message} ${JSON.stringify(failure)}`).not.toContain("w/örd");
  expect(await answersKafka(url).catch(() => false)).toBe(false);
});

test(
  "the one that runs already is found, and a killed one starts again on its data",
  async () => {
    const port = Number(/:(\d+)\?/.exec(kafka.address)?.[1]);
    const found = await startKafka({ folder, port, login });
    expect([found.address, found.pids]).toEqual([kafka.address, kafka.pids]);
    kafka.kill(1, "SIGKILL");
    await kafka.restart(1);
    expect(kafka.pids).not.toEqual(found.pids);
    const bus = await openKafkaBus({ url: kafka.address, clock: systemClock });
    expect(await bus.lag("events", "nobody")).toBe(1);
    await bus.close();
  },
  BOOT_MS_MAX,
);
