import { createHash } from "node:crypto";
import type { Polygon } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";
import type { Records } from "./records.ts";

/** The kind of the rows, one a camera, that say of which pictures its mask was drawn. */
const KIND = "mask-format";

/**
 * The size and pixel format of the pictures that this very mask was first painted on; undefined for a mask that never was, as after it
 * was drawn anew: any other corner makes another mask.
 * @throws AppError `RECORDS_REFUSED` for a row that cannot be read: any format might then pass. And what `Records.find` throws.
 */
export async function findMaskFormat(
  records: Pick<Records, "find">,
  camera: string,
  polygons: readonly Polygon[],
): Promise<string | undefined> {
  const row = await records.find(KIND, camera);
  if (!row) return undefined;
  if (isKept(row.value)) return row.value.mask === nameOf(polygons) ? row.value.format : undefined;
  const message = `What the mask of "${camera}" was drawn for cannot be read; look at a new still and draw it again.`;
  throw new AppError("RECORDS_REFUSED", message);
}

export async function keepMaskFormat(
  records: Pick<Records, "write">,
  camera: string,
  polygons: readonly Polygon[],
  format: string,
): Promise<void> {
  await records.write([{ kind: KIND, id: camera, value: { mask: nameOf(polygons), format } }]);
}

function nameOf(polygons: readonly Polygon[]): string {
  return createHash("sha256").update(JSON.stringify(polygons)).digest("base64url");
}

function isKept(value: unknown): value is { readonly mask: string; readonly format: string } {
  if (typeof value !== "object" || value === null) return false;
  const { mask, format }: { mask?: unknown; format?: unknown } = value;
  return typeof mask === "string" && typeof format === "string";
}
