import { randomBytes } from "node:crypto";
import type { Records } from "@yardline/records/records";

const KIND = "feed-hiding-key";
const ID = "feeds";
const KEY_BYTES = 32;

/**
 * The key that hidden names of vehicles are made with: made once, kept in Records, so that a bus keeps its name and nobody without the
 * key can try plates one after another until a name fits.
 */
export async function openHidingKey(records: Pick<Records, "find" | "write">): Promise<Uint8Array> {
  const row = await records.find(KIND, ID);
  const kept: unknown = row && Reflect.get(Object(row.value), "key");
  if (typeof kept === "string") return Buffer.from(kept, "base64");
  const key = randomBytes(KEY_BYTES);
  await records.write([{ kind: KIND, id: ID, value: { key: key.toString("base64") } }]);
  return key;
}
