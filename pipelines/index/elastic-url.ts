import { readFileSync } from "node:fs";
import type { ClientOptions } from "@elastic/elasticsearch";
import { AppError } from "@yardline/domain/errors";

/** Where an Elasticsearch cluster is, how to get in, and what our indices are called there. */
export type ElasticPlace = {
  readonly client: Pick<ClientOptions, "nodes" | "auth" | "tls">;
  /** Begins the name of each index and of the template. */
  readonly prefix: string;
  /** Of each index; a region with millions of events a day wants several. */
  readonly shards: number;
  /** Bytes that were taken out of documents may lie in segments so long, and some minutes, until those are written anew. */
  readonly expunge_ms: number;
};

const PREFIX = "yardline-events";
/** A prefix of one place must never match the indices of another: what ends like a class of ours could. */
const PREFIX_PATTERN = /^[a-z][a-z0-9-]{0,99}(?<!-\d+d)$/;
const SHARDS_MAX = 64;
const EXPUNGE_H = "1";
const EXPUNGE_H_MAX = 24;
const HOUR_MS = 3_600_000;
const PARAMETERS = ["api_key_file", "password_file", "ca_file", "prefix", "shards", "expunge_h"] as const;
type Parameter = (typeof PARAMETERS)[number];

/**
 * Reads an address such as `https://yardline@search-1:9200,search-2:9200?password_file=/run/secrets/search&ca_file=/etc/ca.pem`.
 * Nodes share scheme and login. The login is `user:password@`, `user@` with `password_file`, or `api_key_file` (the encoded key).
 * @throws AppError `INDEX_ADDRESS` that tells what is wrong and never repeats a secret.
 */
export function readElasticUrl(text: string): ElasticPlace {
  const [, scheme = "", login, hosts = "", query = ""] =
    /^(https?):\/\/(?:([^@/?]*)@)?([^@/?#]+)\/?(?:\?([^#]*))?$/.exec(text) ?? [];
  if (scheme === "") throw wrong("it must look like https://user@host:9200?password_file=FILE");
  const given = parametersOf(query);
  if (scheme === "http" && given.ca_file !== undefined) throw wrong("a ca_file is for https only");
  const auth = authOf(login, given);
  return {
    client: {
      nodes: hosts.split(",").map((host) => hostOf(scheme, host)),
      ...(auth && { auth }),
      ...(given.ca_file !== undefined && { tls: { ca: contentOf("ca_file", given.ca_file) } }),
    },
    prefix: prefixOf(given.prefix ?? PREFIX),
    shards: shardsOf(given.shards ?? "1"),
    expunge_ms: expungeOf(given.expunge_h ?? EXPUNGE_H),
  };
}

function authOf(login: string | undefined, given: Partial<Record<Parameter, string>>): ClientOptions["auth"] {
  const { api_key_file, password_file } = given;
  if (api_key_file !== undefined) {
    if (login !== undefined || password_file !== undefined) throw wrong("an API key needs no user");
    return { apiKey: contentOf("api_key_file", api_key_file).trim() };
  }
  if (login === undefined) {
    if (password_file !== undefined) throw wrong("the password needs a user: https://user@host");
    return undefined;
  }
  const [username = "", password] = login.split(/:(.*)/s).map(decoded);
  if (username === "") throw wrong("the user before @ is empty");
  if (password !== undefined) return { username, password };
  if (password_file === undefined) throw wrong("the user needs a password_file");
  return { username, password: contentOf("password_file", password_file).trim() };
}

function parametersOf(query: string): Partial<Record<Parameter, string>> {
  const given: Partial<Record<Parameter, string>> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const parameter = PARAMETERS.find((each) => each === name);
    if (!parameter) throw wrong(`it knows ${PARAMETERS.join(", ")}, but nothing of another name`);
    given[parameter] = value;
  }
  return given;
}

function hostOf(scheme: string, host: string): string {
  if (!URL.canParse(`${scheme}://${host}`)) throw wrong("one of its hosts is none");
  return new URL(`${scheme}://${host}`).href;
}

function prefixOf(prefix: string): string {
  if (PREFIX_PATTERN.test(prefix)) return prefix;
  throw wrong("a prefix is made of a-z, 0-9 and -, and does not end as in -30d");
}

function shardsOf(text: string): number {
  const shards = Number(text);
  if (Number.isInteger(shards) && shards >= 1 && shards <= SHARDS_MAX) return shards;
  throw wrong(`shards are 1 to ${SHARDS_MAX}`);
}

function expungeOf(text: string): number {
  const expunge_h = Number(text);
  if (text !== "" && expunge_h >= 0 && expunge_h <= EXPUNGE_H_MAX) return expunge_h * HOUR_MS;
  throw wrong(`expunge_h is 0 to ${EXPUNGE_H_MAX} hours`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong("a % in the login must be written %25");
  }
}

function contentOf(what: Parameter, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new AppError("INDEX_ADDRESS", `The ${what} of Elasticsearch cannot be read: ${path}.`, { cause });
  }
}

function wrong(problem: string): AppError {
  return new AppError("INDEX_ADDRESS", `The address of Elasticsearch is wrong: ${problem}.`);
}
