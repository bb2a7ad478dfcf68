import { isDeepStrictEqual } from "node:util";
import type { SettingsOwner } from "@yardline/api/settings-parts";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { DEFAULT_NAME, judgeTownConfig, type TownConfig } from "./config.ts";
import type { PlacedProblem } from "./read-settings.ts";
import type { Site } from "./site.ts";

/**
 * What of a `town.yaml` pages may set where no file names it, and when it is in use: at once, or after Yardline was restarted. Ports and
 * names of the doors, certificates, the region and its edges are the machine's, and stay with the file; cameras have rows of their own.
 */
export const SECTIONS = {
  town: "restart",
  privacy: "restart",
  recordings: "at-once",
  evidence: "at-once",
  trackers: "at-once",
  unknown_devices: "at-once",
  feeds: "at-once",
  onward: "at-once",
  webhooks: "at-once",
  public_counts: "restart",
  public_vehicle_ids: "restart",
  push: "restart",
  audit: "restart",
} as const satisfies Partial<Record<keyof TownConfig, "at-once" | "restart">>;
export type Section = keyof typeof SECTIONS;
export const SECTION_NAMES: readonly Section[] = Object.keys(SECTIONS).filter(isSection);

export function isSection(name: string): name is Section {
  return Object.hasOwn(SECTIONS, name);
}

/** One row a section, by its name. */
export const SECTION_KIND = "section-settings";
export const KeptRow = Type.Object({
  value: Type.Unknown(),
  by: Type.String(),
  at_ms: Type.Integer({ minimum: 0 }),
});

export type KeptSetting = Static<typeof KeptRow> & { readonly id: Section; readonly revision: number };

/** What pages have set, by section. */
export async function listKeptSections(records: Pick<Records, "list">): Promise<readonly KeptSetting[]> {
  const rows = await records.list(SECTION_KIND);
  return rows.flatMap(({ id, revision, value }) =>
    isSection(id) && Value.Check(KeptRow, value) ? [{ id, revision, ...value }] : [],
  );
}

/** Who owns what no other rule gives to somebody. */
export function ownerOfRest({ base }: Pick<Site, "base">, simulated: boolean): SettingsOwner {
  if (simulated) return { by: "demonstration" };
  return base === "." ? { by: "command-line" } : { by: "file", name: base };
}

/** Who owns the timetable of a town that runs in one process: where nothing names one, it is chosen on the pages. */
export function ownerOfTimetables(
  { config, base }: Pick<Site, "config" | "base">,
  simulated: boolean,
): SettingsOwner {
  if (config.region) return { by: "region" };
  return config.gtfs === undefined && !simulated ? { by: "pages" } : ownerOfRest({ base }, simulated);
}

/**
 * Who owns a section: whoever names it, else the pages. Every town has a name; where the command line gave none, pages may.
 * @param base the settings that the town was started with, without what pages set.
 */
export function ownerOfSection(section: Section, base: TownConfig, rest: SettingsOwner): SettingsOwner {
  if (rest.by === "demonstration") return rest;
  const isUnnamed =
    section === "town"
      ? rest.by === "command-line" && base.town.name === DEFAULT_NAME
      : base[section] === undefined;
  return isUnnamed ? { by: "pages" } : rest;
}

/** The settings with what pages have set, not yet judged. The tenant is in every event, and nobody changes it. */
export function withKept(base: TownConfig, kept: readonly Pick<KeptSetting, "id" | "value">[]): object {
  const { tenant } = base.town;
  const set = kept.map(({ id, value }) => [id, id === "town" ? { ...Object(value), tenant } : value]);
  return { ...base, ...Object.fromEntries(set.filter(([, value]) => value !== undefined)) };
}

/** The settings of a town and of its pages, as one; those of the pages are left out where both together cannot be meant. */
export function joinedConfig(
  base: TownConfig,
  kept: readonly KeptSetting[],
): { readonly config: TownConfig; readonly problems: readonly PlacedProblem[] } {
  const config = withKept(base, kept);
  const problems = judgeTownConfig(config);
  return isJudged(config, problems) ? { config, problems } : { config: base, problems };
}

/** What was found without a problem is one. */
export function isJudged(config: object, problems: readonly PlacedProblem[]): config is TownConfig {
  return problems.length === 0 && "town" in config;
}

/** Sections that are others than those a process was started with, and that it takes into use only when it is started again. */
export function waitingSections(started: TownConfig, now: TownConfig): readonly Section[] {
  return SECTION_NAMES.filter(
    (section) => SECTIONS[section] === "restart" && !isDeepStrictEqual(started[section], now[section]),
  );
}
