import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { AppError } from "@yardline/domain/errors";
import { MqttClient } from "mqtt";
import { allowedAddress, namedInFile } from "../http/address-policy.ts";
import type { Credentials } from "../http/authorization.ts";
import type { Trust } from "../http/guarded-request.ts";

const KEEPALIVE_S = 30;
const CONNECT_MS_MAX = 10_000;
/** Beyond the largest message, for what else a broker says: so much may come before a whole packet is there. */
const OVERHEAD_BYTES = 64 * 1024;
const PORTS = { "mqtt:": 1883, "mqtts:": 8883 } as const;

export type MqttOptions = {
  /** `mqtt:` or `mqtts:`, without user and password. */
  readonly broker: URL;
  readonly topic: string;
  /** 0: a message is sent once; 1: until we have taken it. */
  readonly qos: 0 | 1;
  readonly credentials?: Credentials | undefined;
  readonly trust: Trust;
  /** The largest message that is taken. */
  readonly bytes_max: number;
  /** Told once messages may come. */
  onSubscribed(): void;
  /** The next message is read when this resolves: that is how a slow reader slows the broker. */
  hear(topic: string, bytes: Uint8Array): Promise<void>;
};

/**
 * Listens to one topic over one connection until `signal` aborts; whoever calls connects again.
 * The address is checked as for HTTP, and certificates are. Nothing that the broker says, and no password, gets into an error.
 * @throws AppError `MQTT_UNREACHABLE`, `MQTT_FORBIDDEN`, `MQTT_ENDED`, `MQTT_TOO_MUCH` (retryable all), and those of `allowedAddress`.
 */
export async function listenOverMqtt(options: MqttOptions, signal: AbortSignal): Promise<void> {
  const { broker, topic, qos, credentials, bytes_max } = options;
  const host = await allowedAddress(broker.hostname, namedInFile(broker.hostname));
  if (signal.aborted) return;
  const socket = openSocket(host, options);
  const ended = Promise.withResolvers<void>();
  const end = (failure?: AppError) => {
    if (failure) ended.reject(failure);
    else ended.resolve();
    socket.destroy();
  };
  const stop = () => end();
  signal.addEventListener("abort", stop, { once: true });
  let connected = false;
  let unread = 0;
  socket.on("error", (cause) => end(unreachable(cause)));
  socket.on("close", () => end(connected ? brokeOff() : unreachable(undefined)));
  socket.on("data", (piece: Buffer) => {
    unread += piece.length;
    if (unread > bytes_max + OVERHEAD_BYTES) end(tooMuch(bytes_max));
  });
  const client = new MqttClient(() => socket, {
    clientId: `yardline-${randomBytes(8).toString("hex")}`,
    keepalive: KEEPALIVE_S,
    connectTimeout: CONNECT_MS_MAX,
    reconnectPeriod: 0,
    ...(credentials && { username: credentials.username, password: credentials.password }),
  });
  client.on("packetreceive", () => {
    unread = 0;
  });
  client.on("error", (cause) => end(connected ? brokeOff() : refusedOr(cause)));
  client.on("connect", () => {
    connected = true;
    client.subscribe(topic, { qos }, (failure, granted) => {
      if (failure || !granted?.some((each) => each.qos < 128)) end(forbidden("read this topic"));
      else options.onSubscribed();
    });
  });
  client.handleMessage = (packet, done) => {
    const bytes = Buffer.from(packet.payload);
    if (bytes.length > bytes_max) end(tooMuch(bytes_max));
    options.hear(packet.topic, bytes).then(
      () => done(),
      (failure: unknown) => ended.reject(failure),
    );
  };
  try {
    await ended.promise;
  } finally {
    signal.removeEventListener("abort", stop);
    client.end(true);
    socket.destroy();
  }
}

/** To the address that was checked, whatever the name server says next. */
function openSocket(host: string, { broker, trust }: MqttOptions): Socket {
  const isTls = broker.protocol === "mqtts:";
  const port = Number(broker.port || PORTS[isTls ? "mqtts:" : "mqtt:"]);
  if (!isTls) return connect({ host, port });
  const named = /[a-z]$/i.test(broker.hostname) && { servername: broker.hostname };
  return connectTls({ host, port, ...named, ...(trust.ca !== undefined && { ca: trust.ca }) });
}

/** 4: wrong name or password, 5: may not (MQTT 3.1.1, 3.2.2.3). */
function refusedOr(cause: Error): AppError {
  const code: unknown = Reflect.get(cause, "code");
  return code === 4 || code === 5 || code === 135 ? forbidden("in") : unreachable(cause);
}

function forbidden(what: string): AppError {
  return new AppError(
    "MQTT_FORBIDDEN",
    `The broker does not let us ${what}: mend the user, password_file or topic`,
    {
      retryable: true,
    },
  );
}

function unreachable(cause: unknown): AppError {
  const code: unknown = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const why = typeof code === "string" ? code : "it does not answer as a broker";
  return new AppError("MQTT_UNREACHABLE", `The broker cannot be reached: ${why}`, { retryable: true });
}

function brokeOff(): AppError {
  return new AppError("MQTT_ENDED", "The broker's connection broke off", { retryable: true });
}

function tooMuch(bytes_max: number): AppError {
  return new AppError("MQTT_TOO_MUCH", `The broker sends a message of more than ${bytes_max} bytes`, {
    retryable: true,
  });
}
