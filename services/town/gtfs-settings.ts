import { Type } from "typebox";
import { Id } from "./camera-config.ts";

const strict = { additionalProperties: false };

const GtfsSource = Type.String({ minLength: 1, description: "A zip file's path or https address." });
const GtfsSettings = Type.Object(
  {
    feed: Id,
    from: Type.Union([GtfsSource, Type.Array(GtfsSource, { minItems: 1, maxItems: 8 })], {
      description:
        "Several are versions of one feed: where two are meant for one day, the later one goes before.",
    }),
    newer: Type.Optional(
      Type.Enum(["overnight", "at-once"], {
        description: "From when a newer version is followed: the service day that begins next, or today.",
      }),
    ),
  },
  strict,
);

/** One timetable, or one a feed. */
export const GtfsChoice = Type.Union([GtfsSettings, Type.Array(GtfsSettings, { minItems: 1, maxItems: 16 })]);
