import { join } from "node:path";

export type Login = { readonly user: string; readonly password: string };

/** Where the brokers' key is, and the certificate that vouches for it. */
export const keyStoreOf = (folder: string): string => join(folder, "broker.p12");
export const caOf = (folder: string): string => join(folder, "ca.pem");
export const KEY_STORE_PASSWORD = "of-a-test-broker";

type Cluster = {
  readonly folder: string;
  readonly port: number;
  readonly brokers?: 1 | 3;
  readonly login?: Login;
};

/**
 * The settings of one broker, which is a controller as well (KRaft). Beside what a small cluster needs: it takes the place of a
 * dead one within seconds, makes no topic that nobody declared, and never lets a leader come back that missed acknowledged records.
 * https://kafka.apache.org/43/configuration/broker-configs/
 */
export function propertiesOf(id: number, { folder, port, brokers = 1, login }: Cluster): string {
  const own = (above: number): string => `127.0.0.1:${port + above + id - 1}`;
  const voters = Array.from({ length: brokers }, (_, at) => `${at + 1}@127.0.0.1:${port + 10 + at}`);
  // Brokers need not log in among themselves.
  const clients = [`CLIENT://${own(0)}`, ...(login ? [`INTERNAL://${own(20)}`] : [])];
  const in_sync = brokers === 3 ? 2 : 1;
  const settings = {
    "process.roles": "broker,controller",
    "node.id": id,
    "controller.quorum.voters": voters.join(","),
    listeners: [...clients, `CONTROLLER://${own(10)}`].join(","),
    "advertised.listeners": clients.join(","),
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": login ? "INTERNAL" : "CLIENT",
    "listener.security.protocol.map": `CLIENT:${login ? "SASL_SSL" : "PLAINTEXT"},CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT`,
    "log.dirs": join(folder, `broker-${id}`, "data"),
    "default.replication.factor": brokers,
    "min.insync.replicas": in_sync,
    "offsets.topic.replication.factor": brokers,
    "offsets.topic.num.partitions": 8,
    "transaction.state.log.replication.factor": brokers,
    "transaction.state.log.min.isr": in_sync,
    "share.coordinator.state.topic.replication.factor": brokers,
    "share.coordinator.state.topic.min.isr": in_sync,
    // What has outlived its time goes within seconds; with Kafka's own settings within six minutes.
    "log.retention.check.interval.ms": 2000,
    "log.segment.delete.delay.ms": 1000,
    "group.initial.rebalance.delay.ms": 0,
    "auto.create.topics.enable": false,
    "unclean.leader.election.enable": false,
    "broker.session.timeout.ms": 4000,
    "broker.heartbeat.interval.ms": 1000,
    ...(login && securityOf(folder)),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function securityOf(folder: string): Readonly<Record<string, string>> {
  return {
    "listener.name.client.ssl.keystore.type": "PKCS12",
    "listener.name.client.ssl.keystore.location": keyStoreOf(folder),
    "listener.name.client.ssl.keystore.password": KEY_STORE_PASSWORD,
    "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512",
    "listener.name.client.scram-sha-512.sasl.jaas.config":
      "org.apache.kafka.common.security.scram.ScramLoginModule required;",
  };
}
