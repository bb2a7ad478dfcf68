import { Type } from "typebox";
import type { LineOf, Problem } from "./read-settings.ts";

const strict = { additionalProperties: false };

/** Receivers of a region or a ministry that every position of a vehicle is passed on to. */
export const OnwardSettings = Type.Array(
  Type.Object(
    {
      name: Type.String({ pattern: "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$" }),
      protocol: Type.Union([Type.Literal("egts"), Type.Literal("wialon-ips")]),
      host: Type.String({ minLength: 1, maxLength: 253 }),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      dispatcher_id: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 0xffff_ffff,
          description: "egts: this platform's number at the receiver.",
        }),
      ),
    },
    strict,
  ),
  { maxItems: 8 },
);

/** A receiver's name keeps its place on the bus. */
export function receiverProblems(receivers: readonly { readonly name: string }[], lineOf: LineOf): Problem[] {
  return receivers.flatMap(({ name }, at) =>
    receivers.findIndex((other) => other.name === name) === at
      ? []
      : [{ line: lineOf(["onward", at, "name"]), message: `receiver "${name}" is there twice` }],
  );
}
