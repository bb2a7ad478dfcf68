import { SCENE_RULES } from "./rules.ts";
import { WHOLE } from "./scene-problems.ts";
import type { SceneRule, Severity, Where } from "./scene-rule.ts";
import type { RuleSetting, SceneSettings } from "./scene-settings.ts";
import type { Calendar, ScheduleWindow } from "./schedule.ts";
import type { Sieve } from "./sift.ts";

/** One use of a rule on a camera, ready to run. */
export type PlannedRule = {
  readonly rule: SceneRule;
  readonly options: SceneRule["defaults"];
  /** The picture's shape is known with its first frame. */
  readonly where: Omit<Where, "aspect">;
  readonly sieve: Sieve;
  /** When it works; always without. */
  readonly schedule?: readonly ScheduleWindow[];
  readonly cooldown_s: number;
  readonly severity: Severity;
};

/** All that is watched for on one camera. */
export type ScenePlan = { readonly rules: readonly PlannedRule[]; readonly calendar: Calendar };

const PRESENCE_ALONE: readonly RuleSetting[] = [{ rule: "presence" }];

/** What a camera is watched for when nobody set anything. */
export const PRESENCE_EVERYWHERE: ScenePlan = planScene({}, { timezone: "UTC", holidays: [] });

/** Lays settings out for running; they are without problems (`problemsOfScene`). */
export function planScene(settings: SceneSettings, calendar: Calendar): ScenePlan {
  const asked = settings.rules ?? PRESENCE_ALONE;
  // Whatever a camera is there for, somebody has to know when it does not see.
  const own = SCENE_RULES.filter(
    ({ kind, at }) => at === "camera" && !asked.some(({ rule }) => rule === kind),
  );
  const rules = [...asked, ...own.map(({ kind }) => ({ rule: kind }))].flatMap((setting: RuleSetting) => {
    if (setting.enabled === false) return [];
    const rule = SCENE_RULES.find(({ kind }) => kind === setting.rule);
    return rule ? [planned(rule, setting, settings, calendar)] : [];
  });
  return { rules, calendar };
}

function planned(
  rule: SceneRule,
  setting: RuleSetting,
  { zones = [], lines = [], schedules = [] }: SceneSettings,
  { timezone }: Calendar,
): PlannedRule {
  const zone = zones.find(({ id }) => id === setting.zone);
  const line = lines.find(({ id }) => id === setting.line);
  const schedule = schedules.find(({ id }) => id === setting.schedule)?.times ?? rule.schedule;
  const own = Object.keys(rule.options.properties).filter((name) => setting[name] !== undefined);
  return {
    rule,
    options: { ...rule.defaults, ...Object.fromEntries(own.map((name) => [name, setting[name]])) },
    where: {
      zone: line?.id ?? zone?.id ?? WHOLE,
      ...(zone && { polygon: zone.polygon }),
      ...(line && { line: { points: line.points, into: line.into ?? "right" } }),
      timezone,
    },
    sieve: {
      labels: setting.labels ?? rule.labels,
      score_min: setting.score_min ?? {},
      height_min: setting.height_min ?? {},
    },
    ...(schedule && { schedule }),
    cooldown_s: setting.cooldown_s ?? 0,
    severity: setting.severity ?? rule.severity,
  };
}
