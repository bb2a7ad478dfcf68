import type { SettingsOwner } from "@yardline/api/settings-parts";
import { AppError } from "@yardline/domain/errors";
import type { Change, Records } from "@yardline/records/records";

/** @throws AppError `SETTINGS_OWNED` for settings that are not the pages' to change. */
export function refuseOwned(owner: SettingsOwner): void {
  if (owner.by === "pages") return;
  throw new AppError("SETTINGS_OWNED", "These settings are owned elsewhere; change them there");
}

/** What whoever comes second is told. @param found as it stands now. */
export function changedMeanwhile(found: { readonly by?: string } | undefined): AppError {
  const who = found?.by === undefined ? "It was removed" : `${found.by} changed it`;
  return new AppError("SETTINGS_CHANGED", `${who} meanwhile; read it again`);
}

/**
 * Writes rows that somebody has read before, all or none.
 * @param find who changed one of them meanwhile, should it be so.
 * @throws AppError `SETTINGS_CHANGED`, those of Records.
 */
export async function writeSeen(
  records: Records,
  changes: readonly Change[],
  find: () => Promise<{ readonly by?: string } | undefined>,
): Promise<void> {
  try {
    await records.write(changes);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT")) throw thrown;
    throw changedMeanwhile(await find());
  }
}
