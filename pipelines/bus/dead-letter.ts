import { type Static, Type } from "typebox";

/** A message that nobody could read, with the reason: what stands on the topic `dead-letters`, as JSON. */
export const DeadLetter = Type.Object({
  topic: Type.String({ description: "Where it was found." }),
  position: Type.String(),
  key: Type.String(),
  source: Type.String(),
  reason: Type.String(),
  kept_at: Type.String({ description: "RFC 3339" }),
  bytes: Type.Integer({
    minimum: 0,
    description: "How long its body was; what is kept of it may be less.",
  }),
  body_base64: Type.String(),
});
export type DeadLetter = Static<typeof DeadLetter>;
