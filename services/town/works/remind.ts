import { randomBytes } from "node:crypto";
import type { PushView, TransitView } from "@yardline/api/parts";
import { runReminders } from "@yardline/notifier/run-reminders";
import { openPushKeys } from "@yardline/reminders/push-keys";
import { isPushAddress } from "@yardline/reminders/push-service";
import { openSecrets } from "@yardline/secrets/secret-store";
import type { Site } from "../site.ts";

/** Whom push services can ask where the settings name nobody. */
const NOBODY = "mailto:nobody@yardline.invalid";

/**
 * Reminds passengers who asked for it.
 * @returns what a browser has to know to ask; undefined where the town has no key for secrets.
 * @throws AppError of the secrets and of Records.
 */
export async function startReminding(
  { config, stores, keys: keySource, parts, clock, log }: Site,
  transit: TransitView,
  signal: AbortSignal,
): Promise<PushView | undefined> {
  const records = await stores.records();
  const keys = await openPushKeys(openSecrets(records, keySource, randomBytes));
  if (!keys) return undefined;
  const { services = [] } = config.push ?? {};
  const contact = config.push?.contact ?? (config.public ? `https://${config.public.name}` : NOBODY);
  const reminding = runReminders({ records, transit, keys, contact, services, clock, log, signal, fetch });
  parts.run("reminders", false, reminding);
  return {
    public_key: keys.public_key,
    isPushAddress: (endpoint) => isPushAddress(endpoint, services),
  };
}
