import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { OLDEST } from "./event-bus.ts";
import { guarded } from "./sqlite-file.ts";
import type { Topic } from "./topics.ts";

const KIND = { what: "list of bus offsets", unavailable: "BUS_UNAVAILABLE" };

/**
 * How far a group got on an embedded bus, also while another process has it open.
 * @returns the position after what the group has handled, for `tail`.
 */
export function findReached(folder: string, topic: Topic, group: string): string {
  const path = join(folder, "offsets.sqlite");
  if (!existsSync(path)) return OLDEST;
  return guarded(path, KIND, () => {
    using opened = new DisposableStack();
    const db = opened.adopt(new DatabaseSync(path, { timeout: 1_000 }), (each) => each.close());
    const row = db
      .prepare("SELECT day, offset FROM reached WHERE topic = ? AND reader = ?")
      .get(topic, group);
    return row ? `${row["day"]}:${row["offset"]}` : OLDEST;
  });
}
