import { setTimeout as delay } from "node:timers/promises";
import type { Trouble } from "@yardline/api/health-codes";
import { AppError } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { settingsRefused } from "@yardline/telemetry/settings";
import type { TownConfig } from "./config.ts";
import {
  joinedConfig,
  listKeptSections,
  ownerOfRest,
  ownerOfSection,
  type Section,
  waitingSections,
} from "./section-settings.ts";
import type { Site } from "./site.ts";

/** How often it is looked whether somebody changed something: they wait for it in front of the page. */
const LOOK_MS = 2_000;
/** What was refused is tried again after so many looks: each try ends what runs, and trackers lose their connections. */
const LOOKS_BEFORE_RETRY = 30;

/** Takes settings into use. @throws AppError of those that cannot be used; then those before stay in use. */
type Use = (now: TownConfig) => Promise<void>;

/**
 * The settings of a town as they are now: what it was started with, and what pages set of all that nobody else names. They change while the
 * process runs, also from another process.
 */
export class LiveSettings {
  /** Without what pages set. */
  readonly base: TownConfig;
  /** What this process was started on, with what pages had set by then. */
  readonly started: TownConfig;
  readonly #records: Pick<Records, "list">;
  readonly #isOurs: (section: Section) => boolean;
  readonly #users: Use[] = [];
  #now: TownConfig;
  #marks = "";
  #looks_since = 0;
  #trouble: string | undefined;

  private constructor(
    base: TownConfig,
    records: Pick<Records, "list">,
    isOurs: (section: Section) => boolean,
    first: { readonly config: TownConfig; readonly trouble: string | undefined },
  ) {
    this.base = base;
    this.#records = records;
    this.#isOurs = isOurs;
    this.started = first.config;
    this.#now = first.config;
    this.#trouble = first.trouble;
  }

  /** Settings of pages that cannot be meant beside the others keep no town from starting: health tells of them. */
  static async open(
    { config, base }: Pick<Site, "config" | "base">,
    records: Pick<Records, "list">,
    simulated: boolean,
  ): Promise<LiveSettings> {
    const rest = ownerOfRest({ base }, simulated);
    const isOurs = (section: Section) => ownerOfSection(section, config, rest).by === "pages";
    const kept = (await listKeptSections(records)).filter(({ id }) => isOurs(id));
    const joined = joinedConfig(config, kept);
    return new LiveSettings(config, records, isOurs, { config: joined.config, trouble: wrongIn(joined) });
  }

  now(): TownConfig {
    return this.#now;
  }

  /** What was written in this very process holds for whatever asks now; who must be begun anew follows at the next look. */
  async refresh(): Promise<void> {
    const joined = await this.#read();
    if (wrongIn(joined) === undefined) this.#now = joined.config;
  }

  /** @param use is called when something is another, until the process ends. */
  onChange(use: Use): void {
    this.#users.push(use);
  }

  /** Looks again and again, and tells health what could not be used and what waits for a restart. */
  follow({ parts, log }: Pick<Site, "parts" | "log">, signal: AbortSignal): void {
    const run = async (): Promise<void> => {
      while (!signal.aborted) {
        await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
        if (!signal.aborted) await this.#look({ log });
      }
    };
    parts.run("settings", false, run(), () => this.#refused() ?? this.#waiting());
  }

  async #look({ log }: Pick<Site, "log">): Promise<void> {
    try {
      const { kept, ...joined } = await this.#read();
      const marks = kept.map(({ id, revision }) => `${id} ${revision}`).join("\n");
      this.#looks_since += 1;
      // A port becomes free, a secret is put in: nothing here changes, and what was refused may be right now.
      const isDue = this.#trouble !== undefined && this.#looks_since >= LOOKS_BEFORE_RETRY;
      if (marks === this.#marks && !isDue) return;
      this.#marks = marks;
      this.#looks_since = 0;
      const wrong = wrongIn(joined);
      if (wrong !== undefined) throw new AppError("TOWN_CONFIG", wrong);
      this.#now = joined.config;
      for (const use of this.#users) await use(this.#now);
      this.#trouble = undefined;
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      if (this.#trouble !== thrown.message) settingsRefused(log, thrown);
      this.#trouble = thrown.message;
    }
  }

  async #read() {
    const kept = (await listKeptSections(this.#records)).filter(({ id }) => this.#isOurs(id));
    return { kept, ...joinedConfig(this.base, kept) };
  }

  #refused(): Trouble | undefined {
    return this.#trouble === undefined ? undefined : { code: "settings-refused", message: this.#trouble };
  }

  #waiting(): Trouble | undefined {
    const sections = waitingSections(this.started, this.#now).join(", ");
    if (sections === "") return undefined;
    return {
      code: "settings-restart",
      values: { sections },
      message: `In use after a restart: ${sections}.`,
    };
  }
}

function wrongIn({ problems }: ReturnType<typeof joinedConfig>): string | undefined {
  return problems.length === 0 ? undefined : problems.map(({ message }) => message).join("; ");
}
