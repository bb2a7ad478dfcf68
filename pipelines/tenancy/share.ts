import type { EpochMs } from "@yardline/domain/time";
import { type Static, Type } from "typebox";

/** What may be shared of a line. There are no words for anything else: no camera, no picture, no event. */
export const SHARED = ["vehicles", "arrivals"] as const;

const Id = Type.String({ pattern: "^[a-z0-9-]{1,63}$" });
const Party = Type.Object(
  {
    tenant: Id,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    signed_by: Type.String({ minLength: 1, maxLength: 100, description: "Who signed for it, by name." }),
  },
  { additionalProperties: false },
);

/** What two neighbours agreed on about lines over their border. */
export const Agreed = Type.Object(
  {
    to: Party,
    route_ids: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description: "The lines.",
    }),
    what: Type.Array(Type.Enum([...SHARED]), { minItems: 1, uniqueItems: true }),
    purpose: Type.String({ minLength: 3, maxLength: 200 }),
    until: Type.Optional(Type.String({ format: "date-time", description: "Open-ended without it." })),
  },
  { additionalProperties: false },
);
export type Agreed = Static<typeof Agreed>;

/** An agreement as it is kept. `ended`: it was ended before its time. */
export const Share = Type.Object(
  {
    ...Agreed.properties,
    from: Party,
    made_ms: Type.Integer(),
    ended: Type.Optional(
      Type.Object({
        at_ms: Type.Integer(),
        by: Type.String(),
        why: Type.String({ minLength: 1, maxLength: 500 }),
      }),
    ),
    /** Of the token with which the other side's box asks. */
    digest: Type.String(),
  },
  { additionalProperties: false },
);
export type Share = Static<typeof Share>;

export function isInForce({ until, ended }: Pick<Share, "until" | "ended">, now_ms: EpochMs): boolean {
  return !ended && (until === undefined || now_ms < Date.parse(until));
}
