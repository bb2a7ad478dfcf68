import type { CameraStatus } from "@yardline/api/parts";
import { Camera } from "@yardline/api/routes/cameras";
import { Type } from "typebox";
import { Compile } from "typebox/compile";

const { since: _since, place: _place, ...fields } = Camera.properties;
const Degrees = (max: number) => Type.Number({ minimum: -max, maximum: max });

/** A camera's status as edges put it on the bus. */
const Status = Type.Object({
  ...fields,
  place: Type.Optional(Type.Object({ latitude: Degrees(90), longitude: Degrees(180) })),
  since_ms: Type.Integer({ minimum: 0 }),
});
const validator = Compile(Status);

/** A status out of a message; undefined for what is none. */
export function readCameraStatus(body: Uint8Array): CameraStatus | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return validator.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
