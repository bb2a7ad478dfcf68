import { isoOf } from "@yardline/domain/time";
import type { cameraTampered } from "@yardline/events/camera-tampered";
import type { yardLeftObject } from "@yardline/events/yard-left-object";
import type { Thing } from "@yardline/rules/scene/standing-thing";
import type { Tampered } from "@yardline/rules/scene/tampering";
import type { Static } from "typebox";
import { tupleOf } from "./presence-data.ts";

/** The same for what was left and for what was removed. */
type ThingData = Static<typeof yardLeftObject.data>;
type TamperedData = Static<typeof cameraTampered.data>;

const DIGITS = 4;

/** A left or a removed thing as the catalogue has it; snapshot and clip are added by who has them. */
export function thingData(camera: string, rule: string, thing: Thing): ThingData {
  const { zone, region, since_ms, until_ms, box, area, ended } = thing;
  return {
    camera,
    rule,
    zone,
    region,
    since: isoOf(since_ms),
    until: isoOf(until_ms),
    box: tupleOf(box),
    area: rounded(area),
    ...(ended && { ended }),
  };
}

/** What is wrong with a camera as the catalogue's `camera.tampered` has it. */
export function tamperedData(camera: string, rule: string, tampered: Tampered): TamperedData {
  const { kind, since_ms, until_ms, brightness, sharpness, lost, shift, ended } = tampered;
  return {
    camera,
    rule,
    kind,
    since: isoOf(since_ms),
    until: isoOf(until_ms),
    brightness: rounded(brightness),
    sharpness: rounded(sharpness),
    ...(lost !== undefined && { lost: rounded(lost) }),
    ...(shift && { shift: [rounded(shift.across), rounded(shift.down)] as [number, number] }),
    ...(ended && { ended }),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
