import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, expect, test } from "vitest";
import { readElasticUrl } from "./elastic-url.ts";

const folder = mkdtempSync(join(tmpdir(), "yardline-elastic-url-"));
afterAll(() => rmSync(folder, { recursive: true }));
const SECRET = "s3cret/of:the@town";
const file = join(folder, "secret");
writeFileSync(file, `${SECRET}\n`);

test.for([
  [
    "http://127.0.0.1:9200",
    {
      client: { nodes: ["http://127.0.0.1:9200/"] },
      prefix: "yardline-events",
      shards: 1,
      expunge_ms: 3_600_000,
    },
  ],
  [
    "https://a.example:9200,[::1]:9201/?prefix=town&shards=4",
    {
      client: { nodes: ["https://a.example:9200/", "https://[::1]:9201/"] },
      prefix: "town",
      shards: 4,
      expunge_ms: 3_600_000,
    },
  ],
  [
    `https://us%40er:${encodeURIComponent(SECRET)}@a.example?ca_file=${file}`,
    {
      client: {
        nodes: ["https://a.example/"],
        auth: { username: "us@er", password: SECRET },
        tls: { ca: `${SECRET}\n` },
      },
      prefix: "yardline-events",
      shards: 1,
      expunge_ms: 3_600_000,
    },
  ],
  [
    `http://user@a.example?password_file=${file}`,
    {
      client: { nodes: ["http://a.example/"], auth: { username: "user", password: SECRET } },
      prefix: "yardline-events",
      shards: 1,
      expunge_ms: 3_600_000,
    },
  ],
  [
    `https://a.example?api_key_file=${file}`,
    {
      client: { nodes: ["https://a.example/"], auth: { apiKey: SECRET } },
      prefix: "yardline-events",
      shards: 1,
      expunge_ms: 3_600_000,
    },
  ],
] as const)("reads %s", ([url, place]) => {
  expect(readElasticUrl(url)).toEqual(place);
});

test.for([
  "",
  "ftp://user:s3cret@host",
  "https://user:s3cret%zz@host",
  "https://:s3cret@host",
  "https://user@host",
  "https://user:s3cret@host?api_key_file=/nowhere",
  "https://host?password_file=/nowhere",
  "https://host?api_key_file=/nowhere",
  "https://user:s3cret@host?s3cret=1",
  "https://user:s3cret@ho st",
  "https://user:s3cret@host?prefix=Town",
  "https://user:s3cret@host?prefix=town-30d",
  "https://user:s3cret@host?shards=0",
  "http://user:s3cret@host?ca_file=/nowhere",
])("refuses %s in a sentence that tells no secret", (url) => {
  let thrown: unknown;
  try {
    readElasticUrl(url);
  } catch (refused) {
    thrown = refused;
  }
  expect(thrown).toMatchObject({ code: "INDEX_ADDRESS", retryable: false });
  expect(inspect(thrown, { depth: 9 }).replaceAll(/^ +at .*$/gm, "")).not.toContain("s3cret");
});
