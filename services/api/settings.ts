import { AppError } from "@yardline/domain/errors";
import { Refusal } from "./problem.ts";
import type { SettingsView } from "./settings-parts.ts";

/** @throws Refusal 404 where this process knows of no settings. */
export function having(settings: SettingsView | undefined): SettingsView {
  if (settings) return settings;
  throw new Refusal(404, "SETTINGS_ABSENT", "This process shows no settings.");
}

const STATUSES: Readonly<Record<string, number>> = {
  SETTINGS_OWNED: 409,
  SETTINGS_CHANGED: 412,
  RECORDS_CONFLICT: 412,
  CAMERA_SETTINGS: 400,
  CAMERA_ADDRESS: 400,
  ADDRESS_FORBIDDEN: 400,
  ADDRESS_UNKNOWN: 400,
  SECRET_REFUSED: 400,
  SECRET_KEY_MISSING: 409,
};

/** Says no in words for the person who asked. */
export async function refusing<Done>(work: Promise<Done>): Promise<Done> {
  try {
    return await work;
  } catch (thrown) {
    const status = thrown instanceof AppError ? STATUSES[thrown.code] : undefined;
    if (!(thrown instanceof AppError) || status === undefined) throw thrown;
    throw new Refusal(
      status,
      thrown.code,
      thrown.message.endsWith(".") ? thrown.message : `${thrown.message}.`,
    );
  }
}
