import { expect, test } from "vitest";
import { run } from "../testing.ts";

test.for([
  { argv: ["burn"], says: 'topics: there is apply, no "burn"' },
  { argv: ["apply"], says: "topics: --bus is missing" },
  { argv: ["apply", "--bus", "kafka://127.0.0.1:9", "--replication", "-1"], says: "--replication" },
  {
    argv: ["apply", "--bus", "kafka://127.0.0.1:9", "--replication", "1.5"],
    says: "--replication is a whole",
  },
])("$argv is a mistake of the command line", async ({ argv, says }) => {
  expect(await run("topics", ...argv)).toMatchObject({ code: 2, err: expect.stringContaining(says) });
});

test("no broker at the address is one clear line, without the password", async () => {
  const { code, err } = await run("topics", "apply", "--bus", "kafka://127.0.0.1:9/town");
  expect(code).toBe(1);
  expect(err).toMatch(/^yardline topics: Kafka cannot be used now: .*\n$/);
});
