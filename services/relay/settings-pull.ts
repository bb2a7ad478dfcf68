import { setTimeout as delay } from "node:timers/promises";
import type { EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { LeftDeletion } from "@yardline/records/deletions";
import { settingsNotAsked, settingsTaken, settingsWereRefused } from "@yardline/telemetry/relay";
import type { Logger } from "pino";
import { type EdgeReport, REPORT_DELETIONS_MAX } from "./edge-report.ts";
import { type EdgeSettings, readSettings } from "./edge-settings.ts";
import { findText, writeText } from "./edge-settings-file.ts";
import type { EdgeName } from "./identity.ts";
import { openRegion, type Region, type RegionOptions } from "./region-client.ts";
import type { TrustedKeys } from "./signed.ts";
import { RELAYED } from "./wire.ts";

const ASK_EVERY_MS = 60_000;

/** What is still to be told to the region, the oldest first; and that it has some of it now. */
export type ReportedDeletions = {
  list(): Promise<readonly LeftDeletion[]>;
  told(deletions: readonly LeftDeletion[]): Promise<void>;
};

export type SettingsPullOptions = RegionOptions & {
  readonly own: EdgeName;
  /** Where the last good ones are kept, signed as they came. */
  readonly path: string;
  /** The region's public keys. */
  readonly keys: TrustedKeys;
  /**
   * Takes settings into use. What it throws as an AppError refuses them: the edge goes on with those that it has.
   */
  readonly use: (settings: EdgeSettings["settings"]) => Promise<void>;
  /** For the report: how far the relay is behind. */
  readonly bus: Pick<EventBus, "lag">;
  /** What its retention dropped, where nobody on this box keeps an audit log. */
  readonly deletions?: ReportedDeletions;
  readonly random: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** 60 s where absent. */
  readonly ask_every_ms?: number;
};

/**
 * Runs an edge on its region's settings: at first on the last good ones from its own disk, then asks for newer ones each minute
 * and says how it fares. Cut off, or given bad ones, it stays on those it has. Resolves after the signal.
 */
export async function runSettingsPull(options: SettingsPullOptions): Promise<void> {
  const { random, signal, log, ask_every_ms = ASK_EVERY_MS } = options;
  const region = openRegion(options);
  let state = await resume(options);
  try {
    while (!signal.aborted) {
      try {
        state = await renew(state, region, options);
        const dropped = ((await options.deletions?.list()) ?? []).slice(0, REPORT_DELETIONS_MAX);
        await region.report(await reportOf(state, dropped, options), signal);
        await options.deletions?.told(dropped);
      } catch (thrown) {
        if (signal.aborted) return;
        if (!(thrown instanceof AppError)) throw thrown;
        settingsNotAsked(log, thrown);
      }
      await delay(ask_every_ms * (0.9 + random() / 5), undefined, { signal }).catch(() => undefined);
    }
  } finally {
    region.close();
  }
}

type State = { readonly running: EdgeSettings | undefined; readonly refused: AppError | undefined };

async function resume({ path, own, keys, use, log }: SettingsPullOptions): Promise<State> {
  try {
    const text = await findText(path);
    if (text === undefined) return { running: undefined, refused: undefined };
    const running = readSettings(text, own, keys);
    await use(running.settings);
    settingsTaken(log, running.version, "disk");
    return { running, refused: undefined };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    // A damaged disk must not keep the region's own ones out.
    settingsWereRefused(log, thrown);
    return { running: undefined, refused: thrown };
  }
}

async function renew(state: State, region: Region, options: SettingsPullOptions): Promise<State> {
  const { own, keys, path, use, log, signal } = options;
  const text = await region.findSettings(state.running?.version, signal);
  if (text === undefined) return { ...state, refused: undefined };
  try {
    const given = readSettings(text, own, keys);
    refuseOlder(given, state.running);
    await use(given.settings);
    settingsTaken(log, given.version, "region");
    // In use already: where the disk is full they come again after a restart.
    await writeText(path, text).catch((thrown: unknown) => {
      if (!(thrown instanceof AppError)) throw thrown;
      settingsWereRefused(log, thrown);
    });
    return { running: given, refused: undefined };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    settingsWereRefused(log, thrown);
    return { ...state, refused: thrown };
  }
}

/** Signed once is signed for ever; so that nobody can bring an edge back to settings of before, versions only grow. */
function refuseOlder({ version }: EdgeSettings, running: EdgeSettings | undefined): void {
  if (!running || version > running.version) return;
  const message = `These settings have version ${version}; the edge runs on ${running.version} already.`;
  throw new AppError("SETTINGS_OLDER", message);
}

async function reportOf(
  { running, refused }: State,
  dropped: readonly LeftDeletion[],
  { bus }: SettingsPullOptions,
): Promise<EdgeReport> {
  const lag: Record<string, number> = {};
  for (const topic of RELAYED) lag[topic] = await bus.lag(topic, "relay");
  return {
    ...(running && { settings_version: running.version }),
    ...(refused && { settings_refused: { code: refused.code, reason: refused.message.slice(0, 1_000) } }),
    lag,
    ...(dropped.length > 0 && { deletions: dropped.map(({ deletion }) => deletion) }),
  };
}
