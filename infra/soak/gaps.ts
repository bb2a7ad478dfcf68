import { join } from "node:path";
import { openFileStore } from "@yardline/media/files";

/** The longest time within [from, to) of which a camera has no recording, in milliseconds. The town must have ended. */
export async function longestGap(
  data: string,
  cameras: readonly string[],
  from_ms: number,
  to_ms: number,
): Promise<number> {
  const store = await openFileStore({ folder: join(data, "media") });
  let longest_ms = 0;
  for (const camera of cameras) {
    let covered_ms = from_ms;
    for (const segment of await store.listSegments(camera, from_ms, to_ms)) {
      longest_ms = Math.max(longest_ms, segment.from_ms - covered_ms);
      covered_ms = Math.max(covered_ms, segment.to_ms);
    }
    longest_ms = Math.max(longest_ms, to_ms - covered_ms);
  }
  await store.close();
  return longest_ms;
}
