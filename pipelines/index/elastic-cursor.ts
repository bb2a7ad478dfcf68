import { AppError } from "@yardline/domain/errors";
import { OCCURRENCE_PATTERN } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import type { Span } from "./plan.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);

/** The part of the spans in which what comes after a cursor lies. */
export function spansAfter(
  cursor: string | undefined,
  order: "newest" | "oldest",
  spans: readonly Span[],
): readonly Span[] {
  if (cursor === undefined) return spans;
  if (!OCCURRENCE.test(cursor)) {
    throw new AppError("INDEX_CURSOR", "This is no cursor of this index; begin again without one.");
  }
  const at_ms = anchorOf(cursor);
  return spans.flatMap(({ from_ms, to_ms }) => {
    const rest =
      order === "oldest"
        ? { from_ms: Math.max(from_ms, at_ms), to_ms }
        : { from_ms, to_ms: Math.min(to_ms, at_ms + 1) };
    return rest.from_ms < rest.to_ms ? [rest] : [];
  });
}
