import type { Cover } from "./paint-cover.ts";
import type { Region } from "./region.ts";

/** What somebody chose and typed of an export that is not asked for yet. */
export type ExportDraft = {
  readonly form: "original" | "redacted";
  readonly cover: Cover;
  /** Occurrences that stay here. */
  readonly without: readonly string[];
  /** By occurrence. */
  readonly opened: Readonly<Record<string, readonly Region[]>>;
  /** Undefined until somebody says another one than that of the incident or the shift. */
  readonly purpose?: string | undefined;
  readonly ground: string;
  readonly reference: string;
};

export const NEW_EXPORT: ExportDraft = {
  ...{ form: "redacted", cover: "mosaic", without: [], opened: {} },
  ...{ ground: "police-request", reference: "" },
};

/** Reads what was kept; whatever of it is none of ours is as in a new one, and then more is covered, never less. */
export function readExport(text: string | undefined): ExportDraft {
  const kept = parsed(text);
  const { form, cover, without, opened, purpose, ground, reference }: Record<string, unknown> = kept;
  return {
    form: form === "original" ? form : "redacted",
    cover: cover === "solid" ? cover : "mosaic",
    without: Array.isArray(without) ? without.filter((each) => typeof each === "string") : [],
    opened: Object.fromEntries(
      Object.entries(Object(opened)).map(([occurrence, regions]) => [
        occurrence,
        Array.isArray(regions) ? regions.filter(isRegion) : [],
      ]),
    ),
    ...(typeof purpose === "string" && { purpose }),
    ground: typeof ground === "string" ? ground : NEW_EXPORT.ground,
    reference: typeof reference === "string" ? reference : "",
  };
}

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    return Object(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

function isRegion(value: unknown): value is Region {
  const { id, path }: Record<string, unknown> = Object(value);
  return Number.isFinite(id) && Array.isArray(path) && path.length > 1 && path.every(isPlaced);
}

function isPlaced(value: unknown): boolean {
  const { at_ms, box }: Record<string, unknown> = Object(value);
  return (
    Number.isFinite(at_ms) &&
    Array.isArray(box) &&
    box.length === 4 &&
    box.every((side) => side >= 0 && side <= 1)
  );
}
