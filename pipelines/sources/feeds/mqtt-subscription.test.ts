import { once } from "node:events";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { AppError } from "@yardline/domain/errors";
import { eventually } from "@yardline/testkit/eventually";
import mqtt from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { listenOverMqtt, type MqttOptions } from "./mqtt-subscription.ts";
import { type Broker, startMosquitto } from "./testing.ts";

const USER = { name: "yardline", password: "cAnary-77" };

async function broker(options?: Parameters<typeof startMosquitto>[0]): Promise<Broker> {
  const started = await startMosquitto(options);
  onTestFinished(() => started.stop());
  return started;
}

/** Listens until the test stops it; what came, and how it ended. */
function listening(port: number, more: Partial<MqttOptions> & { scheme?: string } = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const heard: string[] = [];
  const subscribed = Promise.withResolvers<void>();
  const ended = listenOverMqtt(
    {
      broker: new URL(`${more.scheme ?? "mqtt"}://127.0.0.1:${port}`),
      ...{ topic: "/hfp/#", qos: 1, trust: {}, bytes_max: 1_000 },
      onSubscribed: () => subscribed.resolve(),
      hear: async (topic, bytes) => void heard.push(`${topic} ${Buffer.from(bytes)}`),
      ...more,
    },
    abort.signal,
  ).then(
    () => "stopped",
    (failure: unknown) => {
      expect(inspect(failure, { depth: 9 })).not.toMatch(/cAnary|127\.0\.0\.1/);
      return failure instanceof AppError ? failure.code : failure;
    },
  );
  return { heard, ended, subscribed: subscribed.promise, stop: () => abort.abort() };
}

async function publisher(port: number) {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  onTestFinished(() => client.endAsync(true));
  return client;
}

test("what is published comes, in order, and stopping is no failure", async () => {
  const { port } = await broker();
  const { heard, ended, subscribed, stop } = listening(port);
  await subscribed;
  const client = await publisher(port);
  for (const at of [1, 2, 3]) await client.publishAsync(`/hfp/v2/${at}`, `m${at}`, { qos: 1 });
  await eventually(() => expect(heard).toEqual(["/hfp/v2/1 m1", "/hfp/v2/2 m2", "/hfp/v2/3 m3"]));
  stop();
  expect(await ended).toBe("stopped");
});

test("over TLS the certificate is checked; the password opens, and a wrong one is told without being told", async () => {
  const { port, ca } = await broker({ tls: true, user: USER });
  const scheme = "mqtts";
  const trust = { ca: ca ?? "" };
  const credentials = { username: USER.name, password: USER.password };
  expect(await listening(port, { scheme, credentials }).ended).toBe("MQTT_UNREACHABLE");
  const wrong = { ...credentials, password: "cAnary-78" };
  expect(await listening(port, { scheme, trust, credentials: wrong }).ended).toBe("MQTT_FORBIDDEN");
  const right = listening(port, { scheme, trust, credentials });
  await right.subscribed;
  right.stop();
  expect(await right.ended).toBe("stopped");
});

test("a broker that dies, none at all, and one that is no broker are one error each", async () => {
  const dying = await broker();
  const line = listening(dying.port);
  await line.subscribed;
  await dying.stop();
  expect(await line.ended).toBe("MQTT_ENDED");
  expect(await listening(dying.port).ended).toBe("MQTT_UNREACHABLE");
  const web = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")).listen(0, "127.0.0.1");
  await once(web, "listening");
  onTestFinished(() => void web.close());
  const address = web.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await listening(port).ended).toBe("MQTT_UNREACHABLE");
});

test("a name that leads inside is not connected to", async () => {
  const inside = new URL("mqtt://169.254.169.254");
  expect(await listening(1, { broker: inside }).ended).toBe("ADDRESS_FORBIDDEN");
});

test("a message that is too large ends the connection, before all of it is there", async () => {
  const { port } = await broker();
  const line = listening(port);
  await line.subscribed;
  const client = await publisher(port);
  await client.publishAsync("/hfp/small", "x".repeat(1_001));
  expect(await line.ended).toBe("MQTT_TOO_MUCH");
  const other = listening(port);
  await other.subscribed;
  await client.publishAsync("/hfp/large", Buffer.alloc(20_000_000));
  expect(await other.ended).toBe("MQTT_TOO_MUCH");
});

test("a slow reader is not run over: the broker waits", async () => {
  const { port } = await broker();
  let busy = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const line = listening(port, {
    async hear() {
      most = Math.max(most, ++busy);
      await gate.promise;
      busy--;
    },
  });
  await line.subscribed;
  const client = await publisher(port);
  await Promise.all(Array.from({ length: 2_000 }, () => client.publishAsync("/hfp/x", "y", { qos: 1 })));
  expect([busy, most]).toEqual([1, 1]);
  gate.resolve();
});
