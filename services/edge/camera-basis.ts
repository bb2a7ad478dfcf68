import type { CameraStatus, CameraZone } from "@yardline/api/parts";
import type { ScenePlan } from "@yardline/rules/scene/scene-plan";
import type { EdgeCamera } from "./edge.ts";

/** What anybody may know of a camera whatever state it is in: its name and on what basis it runs. */
export function basisOf({ id, name, recorded, record, district, partner, scene }: EdgeCamera) {
  const { purpose, legal_basis, controller, retention_h, mask } = record;
  return {
    ...{ id, name, purpose, legal_basis, controller, retention_h, recorded },
    mask_form: mask.form,
    zones: zonesOf(scene),
    ...(district !== undefined && { district }),
    ...(partner && { partner }),
  } satisfies Partial<CameraStatus>;
}

/** The zones and lines that its rules name, each once. */
function zonesOf({ rules }: ScenePlan): readonly CameraZone[] {
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
