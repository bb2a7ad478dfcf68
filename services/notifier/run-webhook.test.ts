import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { isoOf, systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { stateEvent } from "@yardline/events/event-type";
import { transitDelayChanged } from "@yardline/events/transit-delay-changed";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { guardedPost } from "./post.ts";
import { runWebhook } from "./run-webhook.ts";
import { readSecret, readUrl, type Webhook } from "./webhook.ts";

const secret = readSecret(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);

function delay(minutes: number, at_ms = Date.now(), backfilled = false): YardlineEvent {
  const data = {
    feed: "town",
    service_date: "20261122",
    trip_id: `${minutes}`,
    route_id: "7",
    vehicle_id: "041",
    stop_id: "s",
    stop_sequence: 1,
    scheduled_at: isoOf(at_ms),
    delay_before_s: 0,
    delay_s: minutes * 60,
  };
  const statement = {
    source: "feed/town",
    tenant: "town",
    revision: 0,
    state: "closed",
    severity: "info",
  } as const;
  return stateEvent(transitDelayChanged, data, { ...statement, ...(backfilled && { backfilled }) });
}

/** A receiver that answers as told, and a bus. */
async function town(answers: number[]) {
  const folder = await mkdtemp(join(tmpdir(), "yardline-webhook-"));
  const bus = await openEmbeddedBus({ folder, clock: systemClock });
  const got: { id: string; delay_s: number; signed: boolean }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { "webhook-id": id, "webhook-timestamp": at } = request.headers;
    const expected = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64");
    const status = answers.shift() ?? 204;
    if (status < 300) {
      const signed = request.headers["webhook-signature"] === `v1,${expected}`;
      got.push({ id: String(id), delay_s: JSON.parse(body).data.delay_s, signed });
    }
    response.writeHead(status, { location: "http://127.0.0.1:1/" }).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = readUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const stop = new AbortController();
  const run = (hook: Partial<Webhook> = {}, signal = stop.signal) =>
    runWebhook(
      { id: "duty", url, secret, ...hook },
      { bus, clock: systemClock, random: () => 0, log: pino({ level: "silent" }), signal, post: guardedPost },
    );
  onTestFinished(async () => {
    stop.abort();
    server.close();
    server.closeAllConnections();
    await bus.close();
    await rm(folder, { recursive: true });
  });
  const publish = (...events: YardlineEvent[]) =>
    bus.publish(
      "events",
      events.map((event) => ({
        key: event.occurrence,
        source: event.source,
        body: new TextEncoder().encode(JSON.stringify(event)),
      })),
    );
  return { bus, got, publish, run };
}

test("what was asked for arrives in order, signed, also over answers of trouble", async () => {
  const { got, publish, run } = await town([503, 204, 429, 204]);
  const where = { op: "measure", measure: "delay_s", min: 300 } as const;
  const running = run({ where });
  await publish(delay(6), delay(2), delay(7, undefined, true), delay(8));
  await eventually(() =>
    expect(got.map(({ delay_s, signed }) => [delay_s, signed])).toEqual([
      [360, true],
      [480, true],
    ]),
  );
  void running;
});

test("what it refuses, sends elsewhere or what is old is passed over", async () => {
  const { got, publish, run } = await town([400, 302]);
  const running = run();
  await publish(delay(1), delay(2), delay(3, Date.now() - 2 * 86_400_000), delay(4));
  await eventually(() => expect(got.map(({ delay_s }) => delay_s)).toEqual([240]));
  void running;
});

test("one that was stopped goes on where it was", async () => {
  const { got, publish, run } = await town([]);
  const first = new AbortController();
  const running = run({}, first.signal);
  await publish(delay(1));
  await eventually(() => expect(got).toHaveLength(1));
  await publish(delay(2));
  await eventually(() => expect(got).toHaveLength(2));
  first.abort();
  await running;
  await publish(delay(3));
  void run();
  await eventually(() => expect(new Set(got.map(({ delay_s }) => delay_s))).toEqual(new Set([60, 120, 180])));
});

test("a message that is no event is passed over", async () => {
  const { bus, got, publish, run } = await town([]);
  await bus.publish("events", [{ key: "x", source: "x", body: new TextEncoder().encode("{") }]);
  await publish(delay(5));
  void run();
  await eventually(() => expect(got).toHaveLength(1));
});

test.for(["http://example.org/", "ftp://127.0.0.1/", "https://me:pass@example.org/", "no address"])(
  "%s is no address to send events to",
  (address) => {
    expect(() => readUrl(address)).toThrow(expect.objectContaining({ code: "WEBHOOK_URL" }));
  },
);

test("a short secret is refused, and not repeated", () => {
  expect(() => readSecret("whsec_c2hvcnQ=")).toThrow(expect.objectContaining({ code: "WEBHOOK_SECRET" }));
});
