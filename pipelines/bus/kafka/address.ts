import { AppError } from "@yardline/domain/errors";

/** Where a Kafka is and how to log in. */
export type KafkaAddress = {
  /** `host:port`; any of them leads to the others. */
  readonly brokers: readonly string[];
  /** Stands before the name of each topic and group, so that several towns can share one Kafka. */
  readonly prefix: string;
  readonly tls?: {
    /** File of the certificates that vouch for the brokers; without it, those of the system. */
    readonly ca?: string;
    /** Files of our own certificate and key, where the brokers ask for one. */
    readonly cert?: string;
    readonly key?: string;
  };
  readonly login?: { readonly mechanism: Mechanism; readonly user: string; readonly password: string };
};

const MECHANISMS = ["scram-sha-512", "scram-sha-256", "plain"] as const;
type Mechanism = (typeof MECHANISMS)[number];

const ADDRESS =
  /^kafka:\/\/(?:([^@/?#\s]*)@)?([^@/?#\s]+)(?:\/([a-z0-9][a-z0-9._-]{0,39})?)?(?:\?([^#\s]*))?$/;
const BROKER = /^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?):(\d{1,5})$/i;
const SETTINGS = new Set(["tls", "ca", "cert", "key", "mechanism"]);
const FORM =
  "kafka://[USER:PASSWORD@]HOST:PORT[,HOST:PORT…][/PREFIX][?tls=1&ca=FILE&cert=FILE&key=FILE&mechanism=scram-sha-512]";

/**
 * Reads the address of a Kafka, as in `kafka://town:secret@a:9093,b:9093/lviv?tls=1`.
 * @throws AppError `BUS_ADDRESS` that names what is wrong, and never shows the password.
 */
export function parseKafkaAddress(text: string): KafkaAddress {
  const [whole, login, hosts = "", prefix = "yardline", query = ""] = ADDRESS.exec(text) ?? [];
  if (whole === undefined) throw wrong("it is not of this form");
  const brokers = hosts.split(",");
  for (const broker of brokers) {
    const port = Number(BROKER.exec(broker)?.[3] ?? 0);
    if (port < 1 || port > 65_535) throw wrong(`"${broker}" is no HOST:PORT`);
  }
  const settings = settingsOf(query);
  const tls = tlsOf(settings);
  return { brokers, prefix, ...(tls && { tls }), ...(login && { login: loginOf(login, settings) }) };
}

function settingsOf(query: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!SETTINGS.has(name)) throw wrong(`there is no setting "${name}"`);
    if (settings.has(name)) throw wrong(`${name} is given twice`);
    if (value === "") throw wrong(`${name} is empty`);
    settings.set(name, value);
  }
  return settings;
}

function tlsOf(settings: ReadonlyMap<string, string>): KafkaAddress["tls"] {
  const [tls = "0", ca, cert, key] = ["tls", "ca", "cert", "key"].map((name) => settings.get(name));
  if (tls !== "0" && tls !== "1") throw wrong("tls is 1 or 0");
  if (tls === "0" && (ca ?? cert ?? key) !== undefined) throw wrong("ca, cert and key need tls=1");
  if ((cert === undefined) !== (key === undefined)) throw wrong("cert and key need each other");
  return tls === "0" ? undefined : { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function loginOf(login: string, settings: ReadonlyMap<string, string>): KafkaAddress["login"] & object {
  const [user = "", ...rest] = login.split(":");
  const asked = settings.get("mechanism") ?? "scram-sha-512";
  const mechanism = MECHANISMS.find((each) => each === asked);
  if (!mechanism) throw wrong(`mechanism is one of ${MECHANISMS.join(", ")}`);
  const password = rest.join(":");
  if (user === "" || password === "") throw wrong("a login is USER:PASSWORD");
  return { mechanism, user: decoded(user), password: decoded(password) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Its cause would quote the part, which may be the password.
    throw wrong("user and password are percent-encoded; a % stands as %25");
  }
}

function wrong(why: string): AppError {
  return new AppError("BUS_ADDRESS", `This is no address of a Kafka: ${why}. The form is ${FORM}`);
}
