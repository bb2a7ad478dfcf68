import { randomBytes } from "node:crypto";
import { memoryRecords } from "@yardline/records/memory";
import { keysFrom, parseKeys } from "@yardline/secrets/secret-keys";
import { openSecrets } from "@yardline/secrets/secret-store";
import { expect, test } from "vitest";
import { openPushKeys } from "./push-keys.ts";

test("the pair is made once, kept sealed, and the same ever after", async () => {
  const records = memoryRecords();
  const secrets = openSecrets(records, async () => parseKeys("a".repeat(64), "the test"), randomBytes);
  const made = await openPushKeys(secrets);
  expect(await openPushKeys(secrets)).toEqual(made);
  expect(JSON.stringify(await records.list("secret"))).not.toContain(made?.private_key);
});

test("a town without a key for secrets reminds nobody; a pair that is none is said to be so", async () => {
  const records = memoryRecords();
  expect(await openPushKeys(openSecrets(records, keysFrom({}), randomBytes))).toBeUndefined();
  const secrets = openSecrets(records, async () => parseKeys("a".repeat(64), "the test"), randomBytes);
  await secrets.put("push-keys", "{}");
  await expect(openPushKeys(secrets)).rejects.toThrow("is no pair of keys: remove it");
});
