import { Type } from "typebox";
import { Refusal } from "./problem.ts";

/** The headers of a request that changes what somebody has read before. */
export const IfMatch = Type.Object({
  "if-match": Type.Optional(
    Type.String({
      maxLength: 100,
      description: "The `ETag` that was read; 412 when it is another one by now.",
    }),
  ),
});

const TAG = /^"(\d{1,15})"$/;

/** The tag of what has a revision. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export function revisionTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that `If-Match` names; undefined where it names none, or any.
 * @throws Refusal 400 for what is no tag of ours, or more than one.
 */
export function expectedRevision({
  "if-match": header,
}: {
  readonly "if-match"?: string;
}): number | undefined {
  if (header === undefined || header === "*") return undefined;
  const revision = TAG.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Refusal(400, "IF_MATCH", 'If-Match takes the one ETag that was read, as "7" with its quotes.');
}

/** The same where somebody's work would be overwritten unseen. @throws Refusal 428 where it names none. */
export function requiredRevision(headers: { readonly "if-match"?: string }): number {
  const expected = expectedRevision(headers);
  if (expected !== undefined) return expected;
  throw new Refusal(
    428,
    "IF_MATCH_NEEDED",
    "Send the ETag that you read as If-Match, so that nobody's work is lost.",
  );
}
