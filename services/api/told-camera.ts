import { Type } from "typebox";
import { Camera } from "./routes/cameras.ts";

const { since: _since, paused_until: _until, place: _place, ...fields } = Camera.properties;
const Degrees = (max: number) => Type.Number({ minimum: -max, maximum: max });

/** What stands on the topic `cameras`, as JSON: a camera's status as the process that watches it put it on the bus. */
export const ToldCamera = Type.Object({
  ...fields,
  place: Type.Optional(Type.Object({ latitude: Degrees(90), longitude: Degrees(180) })),
  since_ms: Type.Integer({ minimum: 0, description: "Epoch milliseconds UTC" }),
  zones: Type.Optional(
    Type.Array(
      Type.Object({
        zone: Type.String(),
        form: Type.Enum(["area", "line"]),
        points: Type.Array(Type.Tuple([Type.Number(), Type.Number()])),
        rules: Type.Array(Type.String()),
      }),
    ),
  ),
  paused_until_ms: Type.Optional(Type.Integer({ minimum: 0, description: "Epoch milliseconds UTC" })),
});
