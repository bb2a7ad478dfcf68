import type { Grant, Person, PersonChange } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";

export type Role = Grant["role"];
export type Right = NonNullable<Grant["also"]>[number];

export const ROLE_NAMES: Readonly<Record<Role, MessageKey>> = {
  dispatcher: "role.dispatcher",
  planner: "role.planner",
  administrator: "role.administrator",
  "privacy-officer": "role.privacy-officer",
  operator: "role.operator",
};

export const RIGHT_NAMES: Readonly<Record<Right, MessageKey>> = {
  live: "right.live",
  archive: "right.archive",
  export: "right.export",
  unmask: "right.unmask",
  audit: "right.audit",
  transit: "right.transit",
  dispatch: "right.dispatch",
  operate: "right.operate",
  configure: "right.configure",
  people: "right.people",
};

const isOneOf = <Name extends string>(names: Readonly<Record<Name, unknown>>, name: string): name is Name =>
  Object.hasOwn(names, name);

/** A role out of a form. */
export function roleOf(value: string): Role {
  return isOneOf(ROLE_NAMES, value) ? value : "operator";
}

export const RIGHTS = Object.keys(RIGHT_NAMES).filter((name) => isOneOf(RIGHT_NAMES, name));

/** The same grant with one of its lists as it was ticked; a list that is empty is left out, since it would give nothing. */
export function withList(
  grant: Grant,
  list: "also" | "cameras" | "districts",
  names: readonly string[],
): Grant {
  const { [list]: _, ...rest } = grant;
  return names.length === 0 ? rest : { ...rest, [list]: [...names] };
}

/** A name into the list, or out of it. */
export function toggled(names: readonly string[] = [], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}

type Draft = { readonly name: string; readonly password: string; readonly grants: readonly Grant[] };

/** What to ask for so that a person becomes what was typed; undefined where nothing is other. */
export function changeTo(person: Person, { name, password, grants }: Draft): PersonChange | undefined {
  const isOther = JSON.stringify(grants) !== JSON.stringify(person.grants);
  const change: PersonChange = {
    ...(name !== person.name && { name }),
    ...(password !== "" && { password }),
    ...(isOther && { grants: [...grants] }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** Who needs a look first: locked last, then by name. */
export function byName(people: readonly Person[], locale: string): readonly Person[] {
  return people.toSorted(
    (a, b) => Number(a.locked) - Number(b.locked) || a.name.localeCompare(b.name, locale),
  );
}
