import { type EpochMs, isoOf } from "@yardline/domain/time";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Records } from "./records.ts";

/** The kind of the rows, one a camera, that say since when its sign should say what it should. */
const KIND = "camera-sign";

const Kept = Type.Object({
  version: Type.String(),
  /** Absent while it never changed, as far as anybody knows. */
  changed_at_ms: Type.Optional(Type.Integer({ minimum: 0 })),
});

/**
 * Notes which version a camera's sign should have now.
 * @returns the day (UTC) on which it became another one than before; undefined while it never was another.
 * @throws AppError as `Records.find` and `write`.
 */
export async function noteSign(
  records: Pick<Records, "find" | "write">,
  {
    camera,
    version,
    now_ms,
  }: { readonly camera: string; readonly version: string; readonly now_ms: EpochMs },
): Promise<string | undefined> {
  const row = await records.find(KIND, camera);
  const before = row && Value.Check(Kept, row.value) ? row.value : undefined;
  if (before?.version === version) return dayOf(before.changed_at_ms);
  const changed_at_ms = before ? now_ms : undefined;
  const value: Static<typeof Kept> = { version, ...(changed_at_ms !== undefined && { changed_at_ms }) };
  await records.write([{ kind: KIND, id: camera, value }]);
  return dayOf(changed_at_ms);
}

function dayOf(at_ms: EpochMs | undefined): string | undefined {
  return at_ms === undefined ? undefined : isoOf(at_ms).slice(0, 10);
}
