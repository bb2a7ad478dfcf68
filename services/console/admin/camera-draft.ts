import type { Corner, Shape } from "./drawing.ts";

/** A camera's settings as they are kept; what the page does not know of is carried along. */
export type Settings = Readonly<Record<string, unknown>>;

/** What is declared before a camera's first frame, as a form has it. */
export type Declaration = {
  readonly name: string;
  readonly purpose: string;
  readonly legal_basis: string;
  readonly controller: string;
  readonly retention_h: string;
  readonly retention_reason: string;
  readonly mask_form: string;
  readonly mask_reason: string;
  readonly posted_on: string;
  readonly sign_place: string;
};

/** Longer needs a reason. */
export const RETENTION_PLAIN_H = 72;

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const partOf = (value: unknown): Settings =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function declarationOf(settings: Settings): Declaration {
  const [mask, sign] = [partOf(settings["mask"]), partOf(settings["sign"])];
  return {
    name: textOf(settings["name"]),
    purpose: textOf(settings["purpose"]),
    legal_basis: textOf(settings["legal_basis"]),
    controller: textOf(settings["controller"]),
    retention_h: textOf(settings["retention_h"]) || String(RETENTION_PLAIN_H),
    retention_reason: textOf(settings["retention_reason"]),
    mask_form: textOf(mask["form"]),
    mask_reason: textOf(mask["reason"]),
    posted_on: textOf(sign["posted_on"]),
    sign_place: textOf(sign["place"]),
  };
}

export function shapesOf(settings: Settings): readonly Shape[] {
  const zones = listOf(settings["zones"]).map(partOf);
  const lines = listOf(settings["lines"]).map(partOf);
  const polygons = listOf(partOf(settings["mask"])["polygons"]);
  return [
    ...zones.map(
      (zone): Shape => ({ kind: "zone", id: textOf(zone["id"]), points: cornersOf(zone["polygon"]) }),
    ),
    ...lines.map(
      (line): Shape => ({ kind: "line", id: textOf(line["id"]), points: cornersOf(line["points"]) }),
    ),
    ...polygons.map(
      (polygon, n): Shape => ({ kind: "mask", id: `mask-${n + 1}`, points: cornersOf(polygon) }),
    ),
  ];
}

function cornersOf(value: unknown): readonly Corner[] {
  return listOf(value).flatMap((corner) => {
    const [x, y] = listOf(corner);
    return typeof x === "number" && typeof y === "number" ? [[x, y] as const] : [];
  });
}

/** The settings with what was declared and drawn in them. */
export function settingsWith(
  base: Settings,
  declared: Declaration,
  shapes: readonly Shape[],
): Readonly<Record<string, unknown>> {
  const { retention_reason: _, zones: __, lines: ___, ...rest } = base;
  const zones = shapes.filter(({ kind }) => kind === "zone");
  const lines = shapes.filter(({ kind }) => kind === "line");
  const known = listOf(base["lines"]).map(partOf);
  const reason = declared.retention_reason.trim();
  return {
    ...rest,
    ...{ name: declared.name, purpose: declared.purpose, legal_basis: declared.legal_basis },
    ...{ controller: declared.controller, retention_h: Number(declared.retention_h) },
    ...(reason !== "" && { retention_reason: reason }),
    mask: maskOf(declared, shapes),
    sign: { ...partOf(base["sign"]), posted_on: declared.posted_on, place: declared.sign_place },
    ...(zones.length > 0 && { zones: zones.map(({ id, points }) => ({ id, polygon: points })) }),
    // A line's direction is not drawn here: it stays as it was.
    ...(lines.length > 0 && {
      lines: lines.map(({ id, points }) => ({ ...known.find((line) => line["id"] === id), id, points })),
    }),
  };
}

function maskOf({ mask_form: form, mask_reason: reason }: Declaration, shapes: readonly Shape[]): Settings {
  if (form === "none-needed") return { form, reason };
  return { form, polygons: shapes.filter(({ kind }) => kind === "mask").map(({ points }) => points) };
}

/** Which fields are others, by name: what somebody else changed meanwhile. */
export function changedFields(mine: Settings, theirs: Settings): readonly string[] {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...names].filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]));
}
