import type { SceneSettings } from "./scene-settings.ts";

/** A thing to mend in a camera's settings, and where it stands in them. */
export type SceneProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** What the schema alone cannot say: names that are not there or there twice, areas and lines that are none. */
export function problemsOfScene(settings: SceneSettings): readonly SceneProblem[] {
  const { zones = [], lines = [], schedules = [], rules = [] } = settings;
  const named = { zones, lines, schedules };
  return [
    ...Object.entries(named).flatMap(([list, things]) => doubles(list, things)),
    ...zones.flatMap(({ id, polygon }, at) => [
      ...(id === WHOLE
        ? [problem(["zones", at, "id"], `"${WHOLE}" is the whole picture; take another name`)]
        : []),
      ...(areaOf(polygon) < AREA_MIN
        ? [problem(["zones", at, "polygon"], `zone "${id}" has no area: its corners lie on one line`)]
        : []),
    ]),
    ...lines.flatMap(({ id, points }, at) =>
      lengthOf(points) < LENGTH_MIN
        ? [problem(["lines", at, "points"], `line "${id}" has no length: its points are one`)]
        : [],
    ),
    ...rules.flatMap(({ rule, zone, line, schedule }, at) => [
      ...(zone === undefined || zone === WHOLE
        ? []
        : missing(["rules", at, "zone"], rule, "zone", zone, zones)),
      ...(line === undefined ? [] : missing(["rules", at, "line"], rule, "line", line, lines)),
      ...(schedule === undefined
        ? []
        : missing(["rules", at, "schedule"], rule, "schedule", schedule, schedules)),
    ]),
  ];
}

/** The id of the whole picture. */
export const WHOLE = "all";
/** Smaller than a pixel of a small picture. */
const AREA_MIN = 1e-5;
const LENGTH_MIN = 1e-3;

type Named = readonly { readonly id: string }[];

function problem(path: SceneProblem["path"], message: string): SceneProblem {
  return { path, message };
}

function doubles(list: string, things: Named): readonly SceneProblem[] {
  return things.flatMap(({ id }, at) =>
    things.findIndex((other) => other.id === id) === at
      ? []
      : [problem([list, at, "id"], `"${id}" stands twice among the ${list}`)],
  );
}

function missing(
  path: SceneProblem["path"],
  rule: string,
  kind: string,
  id: string,
  there: Named,
): readonly SceneProblem[] {
  if (there.some((each) => each.id === id)) return [];
  const names = there.map((each) => `"${each.id}"`).join(", ");
  const known = names === "" ? `this camera has no ${kind}s` : `there are ${names}`;
  return [problem(path, `rule ${rule}: there is no ${kind} "${id}"; ${known}`)];
}

type Points = readonly (readonly [x: number, y: number])[];

/** Shoelace formula: the area that the corners enclose, in shares of the picture. */
function areaOf(corners: Points): number {
  const doubled = corners.map(([x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length] ?? [x, y];
    return x * nextY - nextX * y;
  });
  return Math.abs(doubled.reduce((sum, each) => sum + each, 0)) / 2;
}

function lengthOf(points: Points): number {
  return points.reduce((sum, [x, y], at) => {
    const [beforeX, beforeY] = points[at - 1] ?? [x, y];
    return sum + Math.hypot(x - beforeX, y - beforeY);
  }, 0);
}

/** Whether a time zone is one that this machine knows. */
export function isTimezone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
