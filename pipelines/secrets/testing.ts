import { randomBytes } from "node:crypto";
import { openSealer, type Sealer } from "./sealer.ts";
import { parseKeys } from "./secret-keys.ts";

/** Seals under a key of this run alone. */
export function testSealer(): Sealer {
  const keys = parseKeys(randomBytes(32).toString("hex"), "the test");
  return openSealer(async () => keys, randomBytes);
}
