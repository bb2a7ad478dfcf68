import { randomBytes } from "node:crypto";
import type {
  SectionChange,
  SectionSettingsView,
  SectionState,
  SettingProblem,
  SettingsOwner,
} from "@yardline/api/settings-parts";
import { AppError } from "@yardline/domain/errors";
import { openSecrets, type SecretStore } from "@yardline/secrets/secret-store";
import { listKeptCameras, ownerOfCameras } from "./camera-settings.ts";
import { dotted } from "./config-problems.ts";
import { changedMeanwhile, refuseOwned, writeSeen } from "./kept-settings.ts";
import type { LiveSettings } from "./live-settings.ts";
import type { PlacedProblem } from "./read-settings.ts";
import { judgeSection } from "./section-judging.ts";
import {
  isSection,
  joinedConfig,
  type KeptSetting,
  listKeptSections,
  ownerOfSection,
  SECTION_KIND,
  SECTION_NAMES,
  SECTIONS,
  type Section,
  waitingSections,
} from "./section-settings.ts";
import { pointerOf, secretsOf, settleSection } from "./section-values.ts";
import { shownSettings } from "./shown-settings.ts";
import type { SecretSite, Site } from "./site.ts";

type SectionSite = SecretSite & Pick<Site, "clock"> & { readonly settings: LiveSettings };

/** The sections of a town's settings, kept in Records, as pages change them. */
export class SectionSettings implements SectionSettingsView {
  readonly #site: SectionSite;
  readonly #rest: SettingsOwner;

  /** @param rest who owns what is named. */
  constructor(site: SectionSite, rest: SettingsOwner) {
    this.#site = site;
    this.#rest = rest;
  }

  async list(): Promise<readonly SectionState[]> {
    const { started, base } = this.#site.settings;
    const ours = await this.#listOurs();
    const waiting = waitingSections(started, joinedConfig(base, ours).config);
    return SECTION_NAMES.map((section) => {
      const kept = ours.find(({ id }) => id === section);
      const value = kept?.value ?? base[section];
      return {
        id: section,
        owner: this.#ownerOf(section),
        applies: SECTIONS[section],
        waits: waiting.includes(section),
        revision: kept?.revision ?? 0,
        ...(kept && { by: kept.by, at_ms: kept.at_ms }),
        ...(value !== undefined && { value: shownSettings(value) }),
      };
    });
  }

  async find(id: string): Promise<SectionState | undefined> {
    return (await this.list()).find((each) => each.id === id);
  }

  async write({ id, value: given, secrets: typed, seen, by }: SectionChange) {
    const { section, kept } = await this.#current(id, seen);
    const newName = () => `${section.replaceAll("_", "-")}-${randomBytes(4).toString("hex")}`;
    const before = kept?.value ?? this.#site.settings.base[section];
    const { value, secrets, problems } = settleSection({ section, value: given, before, typed, newName });
    const wrong = problems.length > 0 ? problems : await this.#judged(section, value);
    if (wrong.length > 0) return { problems: wrong.map((each) => saidOf(section, each)) };
    const sealed = await this.#secrets();
    for (const [name, text] of secrets) await sealed.put(name, text.trim());
    try {
      await this.#writeRow(section, seen, { value, by, at_ms: this.#site.clock.now_ms() });
    } catch (thrown) {
      for (const name of secrets.keys()) await sealed.remove(name);
      throw thrown;
    }
    await forget(sealed, kept, secretsOf(value));
    const written = await this.find(section);
    if (!written) throw new AppError("SETTINGS_UNKNOWN", "There are no such settings");
    return { written };
  }

  async remove({ id, seen }: Pick<SectionChange, "id" | "seen">): Promise<void> {
    const { section, kept } = await this.#current(id, seen);
    const [first] = await this.#judged(section, this.#site.settings.base[section]);
    if (first) throw new AppError("SETTINGS_NEEDED", saidOf(section, first).message);
    await this.#writeRow(section, seen, undefined);
    await forget(await this.#secrets(), kept, []);
  }

  #ownerOf(section: Section): SettingsOwner {
    return ownerOfSection(section, this.#site.settings.base, this.#rest);
  }

  async #secrets(): Promise<SecretStore> {
    return openSecrets(await this.#site.stores.records(), this.#site.keys, randomBytes);
  }

  async #listOurs(): Promise<readonly KeptSetting[]> {
    const kept = await listKeptSections(await this.#site.stores.records());
    return kept.filter(({ id }) => this.#ownerOf(id).by === "pages");
  }

  /** @throws AppError `SETTINGS_UNKNOWN`, `SETTINGS_OWNED`, `SETTINGS_CHANGED` */
  async #current(id: string, seen: number) {
    if (!isSection(id)) throw new AppError("SETTINGS_UNKNOWN", "There are no such settings");
    refuseOwned(this.#ownerOf(id));
    const kept = await this.#findKept(id);
    if ((kept?.revision ?? 0) !== seen) throw changedMeanwhile(kept);
    return { section: id, kept };
  }

  async #findKept(section: Section): Promise<KeptSetting | undefined> {
    return (await this.#listOurs()).find(({ id }) => id === section);
  }

  async #judged(section: Section, value: unknown): Promise<readonly PlacedProblem[]> {
    const { settings, stores, base } = this.#site;
    const others = (await this.#listOurs()).filter(({ id }) => id !== section);
    const isSimulated = this.#rest.by === "demonstration";
    const isOfPages = ownerOfCameras({ config: settings.base, base }, isSimulated).by === "pages";
    const kept = isOfPages ? await listKeptCameras(await stores.records()) : undefined;
    const cameras = kept?.map((each) => each.settings);
    return judgeSection(section, value, { base: settings.base, others, cameras });
  }

  async #writeRow(section: Section, seen: number, value: unknown): Promise<void> {
    const change = { kind: SECTION_KIND, id: section, expected: seen, value };
    await writeSeen(await this.#site.stores.records(), [change], () => this.#findKept(section));
    await this.#site.settings.refresh();
  }
}

/** A secret goes with its last use. */
async function forget(
  sealed: SecretStore,
  before: KeptSetting | undefined,
  used: readonly string[],
): Promise<void> {
  for (const name of secretsOf(before?.value)) if (!used.includes(name)) await sealed.remove(name);
}

/** The problem as it stands beside its field; one of another section is told of the whole. */
function saidOf(section: Section, { path, message }: PlacedProblem): SettingProblem {
  const [of, ...inside] = path;
  if (of !== section) return { at: "", message };
  // The sentence names its place for whoever reads a file; here it stands there.
  return { at: pointerOf(inside), message: message.replace(dotted(path), "") };
}
