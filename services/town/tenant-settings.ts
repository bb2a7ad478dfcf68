import { isTimezone } from "@yardline/rules/scene/scene-problems";
import { LEVELS, type Tenant, treeProblems } from "@yardline/tenancy/tree";
import { type Static, Type } from "typebox";
import { Id } from "./camera-config.ts";
import { GtfsChoice } from "./gtfs-settings.ts";
import type { LineOf, Problem } from "./read-settings.ts";

const TenantSettings = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    level: Type.Optional(Type.Enum([...LEVELS], { description: "A hromada, unless it says so." })),
    within: Type.Optional({ ...Id, description: "The tenant above; the region itself, unless it says so." }),
    gtfs: Type.Optional(GtfsChoice),
    timezone: Type.Optional(Type.String({ description: "As Europe/Kyiv, where no timetable says it." })),
  },
  { additionalProperties: false },
);
export type TenantSettings = Static<typeof TenantSettings>;
export const TENANTS = Type.Array(TenantSettings, {
  maxItems: 200,
  description: "For a region's api: the towns whose doors it opens beside its own.",
});

/** The tree of a region: itself at the top, and its tenants. */
export function treeOf(
  { tenant: id, name }: { readonly tenant: string; readonly name: string },
  tenants: readonly TenantSettings[],
): readonly Tenant[] {
  const top: Tenant = {
    id,
    name,
    level: tenants.some(({ level }) => level === "region") ? "operator" : "region",
  };
  return [
    top,
    ...tenants.map(({ level = "hromada", within = id, ...tenant }) => ({ ...tenant, level, within })),
  ];
}

export function tenantProblems(
  town: { readonly tenant: string; readonly name: string },
  tenants: readonly TenantSettings[],
  lineOf: LineOf,
): readonly Problem[] {
  const wrong = treeProblems(treeOf(town, tenants)).map(({ at, message }) => ({
    line: lineOf(["tenants", Math.max(0, at - 1)]),
    message,
  }));
  const zones = tenants.flatMap(({ id, timezone }, at) =>
    timezone === undefined || isTimezone(timezone)
      ? []
      : [
          {
            line: lineOf(["tenants", at, "timezone"]),
            message: `tenant "${id}": there is no time zone "${timezone}"`,
          },
        ],
  );
  return [...wrong, ...zones];
}
