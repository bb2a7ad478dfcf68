import { readFileSync } from "node:fs";
import { AppError, messageOf } from "@yardline/domain/errors";
import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from "kafkajs";
import type { BusWatch } from "../bus-watch.ts";
import type { KafkaAddress } from "./address.ts";

/** A broker that takes longer to say hello is passed over for another one. */
const CONNECT_MS_MAX = 3_000;
/** Longer than it takes a leader to give up a replica that is frozen. */
const REQUEST_MS_MAX = 10_000;

/**
 * Tries of one request before whoever asked is told. Few and short: a reader must notice soon that its coordinator is dead (it
 * then joins anew), and a writer tries again by itself.
 */
export const RETRY = { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 } as const;

/** Makes clients of one Kafka. Each reader has one of its own: the library shares the offsets of a group within a client. */
export type ClientMaker = () => Kafka;

/**
 * @param name what the brokers' logs and quotas call this process.
 * @throws AppError `BUS_ADDRESS` for a file that cannot be read.
 */
export function clientMaker(address: KafkaAddress, name: string, watch: BusWatch | undefined): ClientMaker {
  const { brokers, tls, login } = address;
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId: name,
    connectionTimeout: CONNECT_MS_MAX,
    requestTimeout: REQUEST_MS_MAX,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, log: { message } }) => {
        watch?.said(level === logLevel.ERROR ? "error" : "warn", message);
      },
    ...(tls && {
      ssl: {
        ...(tls.ca && { ca: read(tls.ca) }),
        ...(tls.cert && tls.key && { cert: read(tls.cert), key: read(tls.key) }),
      },
    }),
    ...(login && { sasl: saslOf(login) }),
  };
  return () => new Kafka(config);
}

function saslOf({ mechanism, user, password }: NonNullable<KafkaAddress["login"]>): SASLOptions {
  return { mechanism, username: user, password };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = `${file}, which the address of the Kafka names, cannot be read: ${messageOf(cause)}.`;
    throw new AppError("BUS_ADDRESS", why, { cause });
  }
}
