import { type Agreement, GIVENS } from "@yardline/permission/agreement";
import { type Static, Type } from "typebox";
import { type CameraConfig, Id } from "./camera-config.ts";
import type { LineOf, Problem } from "./read-settings.ts";

const strict = { additionalProperties: false };
const Name = Type.String({ minLength: 1, maxLength: 100 });

/** A part of the town with a starosta of its own; grants are given for it. */
const District = Type.Object(
  {
    id: Id,
    name: Name,
    settlements: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Name,
            katottg: Type.Optional(
              Type.String({
                pattern: "^UA\\d{17}$",
                description: "A code of the КАТОТТГ: UA and 17 digits.",
              }),
            ),
          },
          strict,
        ),
        { maxItems: 200 },
      ),
    ),
  },
  strict,
);

/** Somebody whose cameras run on the town's box: a housing association, a shop. */
const Partner = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 2, maxLength: 200, description: "The controller of its cameras." }),
    gives: Type.Array(Type.Enum([...GIVENS]), {
      uniqueItems: true,
      description: "What the agreement gives to the town's people; nothing where the list is empty.",
    }),
    until: Type.Optional(
      Type.String({ format: "date-time", description: "When the agreement ends, as 2027-06-30T21:00:00Z." }),
    ),
  },
  strict,
);

/** Of a town: its districts, and whose cameras beside its own are on its box. */
export const WHOSE = {
  districts: Type.Optional(Type.Array(District, { maxItems: 200 })),
  partners: Type.Optional(Type.Array(Partner, { maxItems: 200 })),
};
type Whose = { readonly districts?: Static<typeof District>[]; readonly partners?: Static<typeof Partner>[] };

/** Where a camera stands and whose it is, by the settings of its town. */
export function whoseIn({ partners = [] }: Whose) {
  const known = new Map(partners.map((partner): [string, Agreement] => [partner.id, partner]));
  return ({ district, partner: id }: Pick<CameraConfig, "district" | "partner">) => {
    const partner = id === undefined ? undefined : known.get(id);
    return { ...(district !== undefined && { district }), ...(partner && { partner }) };
  };
}

/** What is well-formed and yet cannot be meant: names twice, or of nothing; a partner's camera with another controller. */
export function whoseProblems(
  { districts = [], partners = [] }: Whose,
  cameras: readonly CameraConfig[],
  lineOf: LineOf,
): readonly Problem[] {
  const named = { district: districts.map(({ id }) => id), partner: partners.map(({ id }) => id) };
  const twice = Object.entries(named).flatMap(([what, ids]) =>
    ids.flatMap((id, at) =>
      ids.indexOf(id) === at
        ? []
        : { line: lineOf(["town", `${what}s`, at, "id"]), message: `${what} "${id}" is there twice` },
    ),
  );
  const wrong = cameras.flatMap((camera, at) => {
    const say = (key: string, message: string): Problem => ({
      line: lineOf(["cameras", at, key]),
      message: `camera "${camera.id}": ${message}`,
    });
    const unknown = (["district", "partner"] as const).flatMap((what) => {
      const id = camera[what];
      return id === undefined || named[what].includes(id) ? [] : say(what, `the town has no ${what} "${id}"`);
    });
    const partner = partners.find(({ id }) => id === camera.partner);
    const controller = `it is ${partner?.name}'s, so its controller is ${partner?.name} too`;
    return partner && partner.name !== camera.controller
      ? [...unknown, say("controller", controller)]
      : unknown;
  });
  return [...twice, ...wrong];
}
