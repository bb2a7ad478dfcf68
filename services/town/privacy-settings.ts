import { overlapping } from "@yardline/privacy/public-counts";
import { type Static, Type } from "typebox";
import { Id } from "./camera-config.ts";
import type { LineOf, Problem } from "./read-settings.ts";

const strict = { additionalProperties: false };
const Words = (description: string) => Type.String({ minLength: 3, maxLength: 200, description });

/** What stands once for all cameras. */
export const PrivacySettings = Type.Object(
  {
    contact: Type.Optional(Words("Whom people write to about cameras: an address or a telephone.")),
    officer: Type.Optional(Words("The data protection officer.")),
    site: Type.Optional(
      Type.String({
        pattern: "^https?://[^\\s?#]+$",
        maxLength: 200,
        description: "Where this town's pages are open to everybody; signs lead there.",
      }),
    ),
  },
  { ...strict, description: "What signs and the public register of cameras say of all cameras." },
);

export const PublicCountSettings = Type.Array(
  Type.Object(
    {
      id: Id,
      name: Type.String({ minLength: 1, maxLength: 100 }),
      cameras: Type.Array(Id, { minItems: 1, maxItems: 64 }),
    },
    strict,
  ),
  {
    maxItems: 32,
    description: "Areas whose stays anybody may see counted, hour by hour; no camera is in two.",
  },
);

type Counted = {
  readonly public_counts?: Static<typeof PublicCountSettings>;
  readonly cameras?: readonly { readonly id: string }[];
};

/** Areas that overlapped would let what is not told be reckoned. */
export function areaProblems({ public_counts = [], cameras }: Counted, lineOf: LineOf): Problem[] {
  const line = lineOf(["public_counts"]);
  const twice = overlapping(public_counts);
  // Cameras that pages, a region or edges have are not known here.
  const isUnknown = (id: string) => cameras?.some((each) => each.id === id) === false;
  const unknown = public_counts.flatMap((area) => area.cameras.filter(isUnknown));
  const ids = public_counts.map(({ id }) => id);
  return [
    ...twice.map((id) => ({
      line,
      message: `public_counts: camera "${id}" is in two areas; areas must not overlap`,
    })),
    ...unknown.map((id) => ({ line, message: `public_counts: there is no camera "${id}"` })),
    ...(new Set(ids).size < ids.length ? [{ line, message: "public_counts: two areas have one id" }] : []),
  ];
}
