import { Refusal, refuseBy, type Statuses } from "./problem.ts";
import type { SettingsView } from "./settings-parts.ts";

/** @throws Refusal 404 where this process knows of no settings. */
export function having(settings: SettingsView | undefined): SettingsView {
  if (settings) return settings;
  throw new Refusal(404, "SETTINGS_ABSENT", "This process shows no settings.");
}

const STATUSES: Statuses = {
  SETTINGS_OWNED: 409,
  SETTINGS_CHANGED: 412,
  RECORDS_CONFLICT: 412,
  SETTINGS_UNKNOWN: 404,
  SETTINGS_NEEDED: 409,
  CAMERA_SETTINGS: 400,
  CAMERA_ADDRESS: 400,
  ADDRESS_FORBIDDEN: 400,
  ADDRESS_UNKNOWN: 400,
  SECRET_REFUSED: 400,
  SECRET_KEY_MISSING: 409,
};

/** Says no in words for the person who asked. */
export async function refusing<Done>(work: Promise<Done>): Promise<Done> {
  return await work.catch(refuseBy(STATUSES));
}

/** Names of fields that are others; what they were is in the settings, and may be about people. */
export function changesIn(before: object, after: Readonly<Record<string, unknown>>): readonly string[] {
  const was = new Map(Object.entries(before));
  const names = new Set([...was.keys(), ...Object.keys(after)]);
  names.delete("id");
  names.delete("url_file");
  return [...names].filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(after[name]));
}
