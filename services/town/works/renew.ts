import { isDeepStrictEqual } from "node:util";
import type { LiveSettings } from "../live-settings.ts";
import type { Section } from "../section-settings.ts";
import type { Site } from "../site.ts";
import { startNotifying } from "./notify.ts";
import { startFeeding } from "./take-feeds.ts";
import { startTaking } from "./take-positions.ts";

type Renewed<Started, Own = Site> = {
  /** It is begun anew when one of these is another. */
  readonly sections: readonly Section[];
  start(site: Own, signal: AbortSignal): Promise<Started>;
};

export const NOTIFYING: Renewed<void> = { sections: ["webhooks"], start: startNotifying };
export const FEEDING: Renewed<void> = { sections: ["feeds", "unknown_devices"], start: startFeeding };
export const TAKING: Renewed<Awaited<ReturnType<typeof startTaking>>> = {
  sections: ["trackers", "onward", "unknown_devices"],
  start: startTaking,
};

/**
 * Starts what works on some sections of the settings, and begins it anew whenever they are others. What cannot be started on the new ones
 * goes on with those before.
 * @returns what the first start gave.
 */
export async function startRenewed<Started, Own extends Pick<Site, "config" | "parts">>(
  site: Own,
  settings: LiveSettings,
  { sections, start }: Renewed<Started, Own>,
  signal: AbortSignal,
): Promise<Started> {
  const usedOf = (config: Site["config"]) => sections.map((section) => config[section]);
  let halt = new AbortController();
  let running = new Map<string, Promise<void>>();
  let inUse = site.config;

  async function begin(config: Site["config"]): Promise<Started> {
    halt = new AbortController();
    running = new Map();
    const noting: Site["parts"] = {
      ...{ list: (cameras) => site.parts.list(cameras), drop: (name) => site.parts.drop(name) },
      run(name, required, ended, findTrouble) {
        running.set(name, ended);
        site.parts.run(name, required, ended, findTrouble);
      },
    };
    return start({ ...site, config, parts: noting }, AbortSignal.any([signal, halt.signal]));
  }

  async function end(): Promise<void> {
    halt.abort();
    await Promise.allSettled(running.values());
    for (const name of running.keys()) site.parts.drop(name);
  }

  const first = await begin(site.config);
  settings.onChange(async (now) => {
    if (signal.aborted || isDeepStrictEqual(usedOf(now), usedOf(inUse))) return;
    await end();
    try {
      await begin(now);
      inUse = now;
    } catch (thrown) {
      await end();
      await begin(inUse);
      throw thrown;
    }
  });
  return first;
}
