import { type Static, Type } from "typebox";
import { RIGHTS, ROLES } from "./rights.ts";

const Name = Type.String({ minLength: 1, maxLength: 64 });

/**
 * What one account may within one tenant: a role's rights, some given by name besides. `cameras` and `districts` narrow what
 * concerns pictures; without either it is all of the tenant's. A list that is empty gives nothing. `partner`: of the people of
 * that partner, who see the partner's own cameras and nothing else.
 */
export const Grant = Type.Object(
  {
    tenant: Name,
    role: Type.Enum([...ROLES]),
    also: Type.Optional(Type.Array(Type.Enum([...RIGHTS]), { maxItems: RIGHTS.length })),
    cameras: Type.Optional(Type.Array(Name, { maxItems: 1_000 })),
    districts: Type.Optional(Type.Array(Name, { maxItems: 1_000 })),
    partner: Type.Optional(Name),
  },
  { additionalProperties: false },
);
export type Grant = Static<typeof Grant>;
