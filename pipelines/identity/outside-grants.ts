import { Grant } from "@yardline/permission/grant";
import { type Static, Type } from "typebox";

const strict = { additionalProperties: false };

/** Which of a provider's words about somebody give which rights here. Whatever is not named gives none. */
export const OutsideRoles = Type.Object(
  {
    claim: Type.String({
      minLength: 1,
      maxLength: 200,
      description: "Where the provider says it: `groups`, or `realm_access.roles` for one inside another.",
    }),
    of: Type.Array(
      Type.Object(
        {
          value: Type.String({
            minLength: 1,
            maxLength: 200,
            description: "What it says, letter by letter.",
          }),
          ...Type.Omit(Grant, ["tenant"]).properties,
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  strict,
);
export type OutsideRoles = Static<typeof OutsideRoles>;

/** The grants that a provider's claims come to, in the order of the settings. Closed: what it says and nobody mapped is nothing. */
export function grantsOf(
  claims: Readonly<Record<string, unknown>>,
  { claim, of }: OutsideRoles,
  tenant: string,
): Grant[] {
  const said = new Set(wordsOf(claims, claim));
  return of.flatMap(({ value, ...grant }) => (said.has(value) ? [{ tenant, ...grant }] : []));
}

/** Whether the provider said anything under that name. */
export function hasClaim(claims: Readonly<Record<string, unknown>>, claim: string): boolean {
  return valueAt(claims, claim) !== undefined;
}

/** One word or a list of them; anything else says nothing. */
function wordsOf(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const value = valueAt(claims, claim);
  return [value].flat().filter((each) => typeof each === "string");
}

/** Names of claims may hold dots themselves, as addresses do: the whole name goes before a way through objects. */
function valueAt(claims: Readonly<Record<string, unknown>>, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  return claim.split(".").reduce<unknown>((value, name) => {
    const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return isObject ? (value as Record<string, unknown>)[name] : undefined;
  }, claims);
}
