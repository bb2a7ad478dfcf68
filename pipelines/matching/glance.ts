import { listPasses, type OnPath, type Path, type Point } from "@yardline/timetable/path";
import type { Pattern, Timetable } from "@yardline/timetable/timetable";
import type { Fix } from "./fix.ts";
import { offMax_m } from "./placement.ts";

/** Where one fix lies beside the lines of the town; each line is looked at once. */
export class Glance {
  readonly #fix: Fix;
  readonly #points = new Map<Timetable, Point>();
  readonly #passes = new Map<Path, readonly OnPath[]>();

  constructor(fix: Fix) {
    this.#fix = fix;
  }

  /** Every place where a line comes by, none farther off than `offMax_m`. */
  passes(timetable: Timetable, pattern: Pattern): readonly OnPath[] {
    const known = this.#passes.get(pattern.path);
    if (known) return known;
    const point = this.#points.get(timetable) ?? timetable.plane.project(this.#fix);
    this.#points.set(timetable, point);
    const passes = listPasses(pattern.path, point, offMax_m(pattern));
    this.#passes.set(pattern.path, passes);
    return passes;
  }
}
