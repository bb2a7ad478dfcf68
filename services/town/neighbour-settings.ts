import { namedInFile } from "@yardline/sources/http/address-policy";
import { type Static, Type } from "typebox";
import { Id } from "./camera-config.ts";
import type { LineOf, Problem } from "./read-settings.ts";

/** A town that shares lines with this one. */
const NeighbourSettings = Type.Object(
  {
    name: Id,
    url: Type.String({
      pattern: "^https?://",
      maxLength: 300,
      description: "Its doors, as https://lypivka.example.",
    }),
    token_file: Type.String({
      minLength: 1,
      description: "A file with the token that it made for the share, read by its owner alone.",
    }),
  },
  { additionalProperties: false },
);
export type NeighbourSettings = Static<typeof NeighbourSettings>;
export const NEIGHBOURS = Type.Array(NeighbourSettings, { maxItems: 32 });

/** What is well-formed and yet cannot be meant: a token that all on the way could read, a name twice. */
export function neighbourProblems(
  neighbours: readonly NeighbourSettings[],
  lineOf: LineOf,
): readonly Problem[] {
  return neighbours.flatMap(({ name, url }, at) => {
    const say = (key: string, message: string): Problem => ({
      line: lineOf(["neighbours", at, key]),
      message: `neighbour "${name}": ${message}`,
    });
    const there = URL.parse(url);
    const isOpen = there?.protocol === "http:" && namedInFile(there.hostname) === "network";
    return [
      ...(neighbours.findIndex((other) => other.name === name) === at ? [] : [say("name", "is there twice")]),
      ...(there?.hostname && !there.username && !there.password
        ? []
        : [say("url", "is no address without a password")]),
      ...(isOpen ? [say("url", "must be https://, since all on the way could read the token")] : []),
    ];
  });
}
