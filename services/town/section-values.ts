import type { PlacedProblem } from "./read-settings.ts";
import { shownSettings } from "./shown-settings.ts";
import { STORED } from "./site.ts";

type Path = PlacedProblem["path"];
type Fields = Readonly<Record<string, unknown>>;

/** Where what an object keeps secret is sent: a secret that was typed for one address is not carried to another. */
const DESTINATIONS = ["url", "url_file", "broker", "host", "issuer"] as const;
/** What tells the items of a list from each other, whatever their order. */
const NAMES = ["id", "name", "device_id"] as const;

/** A section as somebody sent it. */
export type GivenSection = {
  readonly section: string;
  /** Addresses may stand as they were shown, secrets as their names: both mean what was there before. */
  readonly value: unknown;
  /** What stood there before, whole. */
  readonly before: unknown;
  /** Secrets that were typed, by their field's JSON pointer in `value`. */
  readonly typed: ReadonlyMap<string, string>;
  /** A name of its own each time: whoever loses against another change leaves the other's secret alone. */
  readonly newName: () => string;
};

export type SettledSection = {
  readonly value: unknown;
  /** Secrets to be sealed, by name. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly problems: readonly PlacedProblem[];
};

/** A section as it is to be kept: addresses whole again, secrets by name. No page names a file of this machine. */
export function settleSection({ section, value, before, typed, newName }: GivenSection): SettledSection {
  const secrets = new Map<string, string>();
  const problems: PlacedProblem[] = [];

  function settled(each: unknown, was: unknown, path: Path): unknown {
    if (typeof each === "string") return shownSettings(was) === each ? was : each;
    if (Array.isArray(each))
      return each.map((item, at) => settled(item, sameItem(item, at, was), [...path, at]));
    return isFields(each) ? settledFields(each, isFields(was) ? was : {}, path) : each;
  }

  function settledFields(fields: Fields, was: Fields, path: Path): Fields {
    const open = Object.entries(fields).filter(([name]) => !isSecret(name));
    const result: Record<string, unknown> = Object.fromEntries(
      open.map(([name, each]) => [name, settled(each, was[name], [...path, name])]),
    );
    const names = new Set([...Object.keys(fields).filter(isSecret), ...typedIn(typed, path)]);
    // The address goes first: what else is secret is bound to it.
    for (const name of [...names].toSorted((a, b) => Number(b === "url_file") - Number(a === "url_file"))) {
      const text = typed.get(pointerOf([...path, name]));
      if (text === undefined) {
        const why = whyNotKept(fields[name], was[name], isSamePlace(result, was));
        if (why === undefined) result[name] = was[name];
        else problems.push({ path: [section, ...path, name], message: why });
        continue;
      }
      const secret = newName();
      secrets.set(secret, text);
      result[name] = `${STORED}${secret}`;
    }
    return result;
  }

  return { value: settled(value, before, []), secrets, problems };
}

/** The names of all secrets that a section refers to. */
export function secretsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith(STORED) ? [value.slice(STORED.length)] : [];
  if (Array.isArray(value)) return value.flatMap(secretsOf);
  return isFields(value) ? Object.values(value).flatMap(secretsOf) : [];
}

/** Every address in a section, and where it stands. */
export function addressesIn(value: unknown, path: Path = []): readonly { path: Path; address: string }[] {
  if (typeof value === "string") return value.includes("://") ? [{ path, address: value }] : [];
  if (Array.isArray(value)) return value.flatMap((each, at) => addressesIn(each, [...path, at]));
  return isFields(value)
    ? Object.entries(value).flatMap(([name, each]) => addressesIn(each, [...path, name]))
    : [];
}

/** @see https://www.rfc-editor.org/rfc/rfc6901 */
export function pointerOf(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function whyNotKept(given: unknown, was: unknown, isSame: boolean): string | undefined {
  if (typeof was !== "string" || !was.startsWith(STORED) || given !== was) {
    return "is typed here; only a town.yaml names files of this machine";
  }
  return isSame ? undefined : "is typed again, since it was given for another address";
}

function isSamePlace(result: Fields, was: Fields): boolean {
  return DESTINATIONS.every((name) => shownSettings(result[name]) === shownSettings(was[name]));
}

function sameItem(item: unknown, at: number, was: unknown): unknown {
  if (!Array.isArray(was)) return undefined;
  const name = isFields(item) ? NAMES.find((each) => item[each] !== undefined) : undefined;
  if (!isFields(item) || name === undefined) return was[at];
  return was.find((other) => isFields(other) && other[name] === item[name]);
}

function typedIn(typed: ReadonlyMap<string, string>, path: Path): readonly string[] {
  const inside = `${pointerOf(path)}/`;
  return [...typed.keys()]
    .filter((pointer) => pointer.startsWith(inside))
    .map((pointer) => pointer.slice(inside.length))
    .filter((name) => isSecret(name) && !name.includes("/"));
}

function isSecret(name: string): boolean {
  return name.endsWith("_file");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
