import type { CameraStatus, CameraZone } from "@yardline/api/camera-parts";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import { signState } from "@yardline/privacy/sign";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { EdgeCamera } from "./edge.ts";

/** What anybody may know of a camera whatever state it is in: its name and on what basis it runs. */
export function basisOf(
  { id, name, recorded, record, district, partner, scene, sign }: EdgeCamera,
  now_ms: EpochMs,
) {
  const { purpose, legal_basis, controller, retention_h, mask } = record;
  const today = isoOf(now_ms).slice(0, 10);
  return {
    ...{ id, name, purpose, legal_basis, controller, retention_h, recorded },
    mask_form: mask.form,
    zones: zonesOf(scene),
    ...(district !== undefined && { district }),
    ...(partner && { partner }),
    ...(sign && { sign: signState(record.sign, { ...sign, today }), sign_version: sign.version }),
    ...("place" in record.sign && { sign_place: record.sign.place }),
  } satisfies Partial<CameraStatus>;
}

const zones = new WeakMap<ScenePlan, readonly CameraZone[]>();

/** A plan never changes, and cameras are listed with every question. */
function zonesOf(scene: ScenePlan): readonly CameraZone[] {
  const found = zones.get(scene) ?? namedIn(scene);
  zones.set(scene, found);
  return found;
}

/** The zones and lines that its rules name, each once. */
function namedIn({ rules }: ScenePlan): readonly CameraZone[] {
  const named = rules.filter(({ where }) => where.polygon ?? where.line);
  return [...Map.groupBy(named, ({ where }) => where.zone)].flatMap(([zone, own]) => {
    const { line, polygon } = own[0]?.where ?? {};
    const points = (line?.points ?? polygon ?? []).map(([x, y]) => [x, y] as const);
    return {
      zone,
      form: line ? "line" : "area",
      points,
      rules: [...new Set(own.map(({ rule }) => rule.kind))],
    };
  });
}
