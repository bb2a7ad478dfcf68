import { randomUUID } from "node:crypto";
import { KAFKA_BOOT_MS_MAX } from "@yardline/bus/kafka/testing";
import { realServer } from "@yardline/testkit/real-server";
import { beforeAll, expect, test } from "vitest";
import { run } from "../testing.ts";

beforeAll(() => realServer("kafka"), KAFKA_BOOT_MS_MAX);

test("makes the topics of a real Kafka, says so, and then has nothing more to do", async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const bus = `${await realServer("kafka")}/${prefix}`;
  const first = await run("topics", "apply", "--bus", bus, "--replication", "1");
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain(`${prefix}.events: created with 12 partitions\n`);
  const second = await run("topics", "apply", "--bus", bus);
  expect(second.out.trim().split("\n")).toEqual(
    first.out
      .trim()
      .split("\n")
      .map((line) => line.replace(/: .*/, ": as declared")),
  );
  const empty = await run("dead-letters", "list", "--bus", bus);
  expect(empty).toEqual({ code: 0, out: "0 dead letters\n", err: "" });
});
