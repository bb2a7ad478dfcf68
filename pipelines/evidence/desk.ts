import { hash, randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { Value } from "typebox/value";
import { holdPeriods, releasePeriods } from "./export-holds.ts";
import { type AskedExport, ExportRow, type HandOver, isOpen } from "./export-row.ts";
import { type EvidenceSources, makeBundle } from "./make-bundle.ts";
import { openTownKey, type TownKey } from "./town-key.ts";

const KIND = "evidence";
/** Asked for and not yet made; one is made at a time. */
const OPEN_MAX = 20;
/** Of one export: whoever needs more asks anew. */
const LINKS_MAX = 50;
const LINK_MS = 10 * 60_000;
const HAND_OVERS_MAX = 50;
/** Longest time of all periods together. */
export const PERIOD_MS_MAX = 2 * 3_600_000;

export type DeskSettings = {
  /** Somebody else than who asks must approve before anything is made. */
  readonly two_person: boolean;
  /** How long a bundle lies ready. */
  readonly keep_h: number;
};

export type DeskOptions = DeskSettings & {
  readonly records: Records;
  /** Where the key and the bundles are. */
  readonly folder: string;
  readonly sources: EvidenceSources;
  readonly newId: () => string;
  readonly onFailure: (id: string, error: unknown) => void;
};

/**
 * Everything that leaves the town as evidence: asked for, approved, made, fetched, handed over. Rows are in Records, bundles in a folder,
 * each for a time. What is being exported is held, so that it does not expire meanwhile.
 */
export class EvidenceDesk {
  readonly #options: DeskOptions;
  readonly #progress = new Map<string, number>();
  readonly #ending = new AbortController();
  #making: Promise<void> = Promise.resolve();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  get two_person(): boolean {
    return this.#options.two_person;
  }

  /** Goes on with what a process before this one left unmade. */
  async resume(): Promise<void> {
    await this.expire();
    for (const row of await this.list()) if (row.state === "making") this.#start(row.id);
  }

  /** @throws AppError `EVIDENCE_KEY`. */
  key(): Promise<TownKey> {
    return openTownKey(join(this.#options.folder, "key"));
  }

  async list(): Promise<readonly ExportRow[]> {
    const rows = await this.#options.records.list(KIND);
    return rows.flatMap(({ value }) => (Value.Check(ExportRow, value) ? [value] : []));
  }

  async find(id: string): Promise<ExportRow | undefined> {
    const row = await this.#options.records.find(KIND, id);
    return row && Value.Check(ExportRow, row.value) ? row.value : undefined;
  }

  /** How much of a bundle is made, in [0, 1]. */
  progressOf({ id, state }: Pick<ExportRow, "id" | "state">): number {
    return state === "making" || state === "waiting" ? (this.#progress.get(id) ?? 0) : 1;
  }

  /** @throws AppError `EVIDENCE_BUSY`, `EVIDENCE_PERIOD`; those of Records. */
  async ask(asked: AskedExport, by: string): Promise<ExportRow> {
    const { records, newId, sources, two_person } = this.#options;
    const length_ms = asked.periods.reduce((sum, { from_ms, to_ms }) => sum + to_ms - from_ms, 0);
    if (asked.periods.some(({ from_ms, to_ms }) => from_ms >= to_ms) || length_ms > PERIOD_MS_MAX) {
      const message = `Each period ends after it begins, and all together are at most ${PERIOD_MS_MAX / 3_600_000} hours.`;
      throw new AppError("EVIDENCE_PERIOD", message);
    }
    if ((await this.list()).filter(isOpen).length >= OPEN_MAX) {
      throw new AppError(
        "EVIDENCE_BUSY",
        `${OPEN_MAX} exports wait already; decide or withdraw some of them.`,
      );
    }
    const now_ms = sources.clock.now_ms();
    const state = two_person ? "waiting" : "making";
    const row: ExportRow = {
      ...asked,
      id: newId(),
      state,
      asked_by: by,
      asked_at_ms: now_ms,
      links: [],
      handed: [],
    };
    await holdPeriods(records, row, now_ms);
    await records.write([{ kind: KIND, id: row.id, expected: 0, value: row }]);
    if (state === "making") this.#start(row.id);
    return row;
  }

  /** @throws AppError `EVIDENCE_STATE`, `EVIDENCE_OWN` for whoever asked. */
  async decide(id: string, by: string, approved: boolean): Promise<ExportRow> {
    const decided = await this.#change(id, (row) => {
      if (row.state !== "waiting") throw stateless("Only what waits can be approved or refused.");
      if (approved && row.asked_by === by) {
        throw new AppError("EVIDENCE_OWN", "Somebody else than who asked must approve this.");
      }
      const state = approved ? "making" : "refused";
      return { ...row, state, decided_by: by, decided_at_ms: this.#options.sources.clock.now_ms() };
    });
    if (approved) this.#start(id);
    else await this.#release(decided);
    return decided;
  }

  /** The bundle goes, and its links; that it was asked for stays written. @throws AppError `EVIDENCE_STATE`. */
  async withdraw(id: string): Promise<ExportRow> {
    const row = await this.#change(id, (each) => {
      if (each.state !== "waiting" && each.state !== "ready" && each.state !== "failed") {
        throw stateless("This is being made, or is gone already.");
      }
      return { ...each, state: "withdrawn", links: [] };
    });
    await rm(this.#pathOf(row), { force: true });
    await this.#release(row);
    return row;
  }

  /** @returns a secret that fetches the bundle once, within ten minutes. @throws AppError `EVIDENCE_STATE`. */
  async link(id: string, by: string): Promise<{ readonly token: string; readonly until_ms: EpochMs }> {
    const token = randomBytes(24).toString("base64url");
    const now_ms = this.#options.sources.clock.now_ms();
    const until_ms = now_ms + LINK_MS;
    await this.#change(id, (row) => {
      if (row.state !== "ready")
        throw stateless("There is no bundle to fetch: it is not made yet, or no longer there.");
      if (row.links.length >= LINKS_MAX)
        throw stateless(`It was fetched ${LINKS_MAX} times; ask for it anew.`);
      return { ...row, links: [...row.links, { digest: hash("sha256", token), by, until_ms }] };
    });
    return { token, until_ms };
  }

  /** Whose link this is, while it may still be used. */
  async findByLink(token: string): Promise<{ readonly row: ExportRow; readonly by: string } | undefined> {
    const digest = hash("sha256", token);
    const now_ms = this.#options.sources.clock.now_ms();
    for (const row of await this.list()) {
      const link = row.links.find((each) => each.digest === digest);
      const usable = link && link.used_at_ms === undefined && link.until_ms > now_ms && row.state === "ready";
      if (usable) return { row, by: link.by };
    }
    return undefined;
  }

  /** Uses it up: of two who come at once one gets it. @returns where the bundle is. @throws AppError `EVIDENCE_STATE`. */
  async useLink({ id }: Pick<ExportRow, "id">, token: string): Promise<string> {
    const digest = hash("sha256", token);
    const used_at_ms = this.#options.sources.clock.now_ms();
    const row = await this.#change(id, (each) => {
      const link = each.links.find((one) => one.digest === digest);
      if (link?.used_at_ms !== undefined || each.state !== "ready")
        throw stateless("This link was used already.");
      return { ...each, links: each.links.map((one) => (one === link ? { ...one, used_at_ms } : one)) };
    });
    return this.#pathOf(row);
  }

  /** @throws AppError `EVIDENCE_STATE`. */
  async handOver(id: string, to: HandOver, by: string): Promise<ExportRow> {
    return this.#change(id, (row) => {
      if (row.sha256 === undefined) throw stateless("There is no bundle yet that could be handed over.");
      if (row.handed.length >= HAND_OVERS_MAX)
        throw stateless("Too many hand-overs of one bundle; ask for it anew.");
      return { ...row, handed: [...row.handed, { ...to, by, at_ms: this.#options.sources.clock.now_ms() }] };
    });
  }

  /** Bundles whose time is over go, and files that no export has any more; asked again and again. */
  async expire(): Promise<void> {
    const now_ms = this.#options.sources.clock.now_ms();
    for (const row of await this.list()) {
      if (row.state !== "ready" || (row.expires_at_ms ?? 0) > now_ms) continue;
      await this.#change(row.id, (each) => ({ ...each, state: "expired", links: [] }));
      await rm(this.#pathOf(row), { force: true });
    }
    await this.#removeStrays();
  }

  /** What a process that was killed left of a bundle: half of one, or one that was to go. */
  async #removeStrays(): Promise<void> {
    const folder = join(this.#options.folder, "bundles");
    // Listed before the rows: what is begun meanwhile is not among them.
    const names = await readdir(folder).catch(() => []);
    const wanted = new Set<string>();
    for (const row of await this.list()) {
      if (row.state === "ready" || row.state === "making") wanted.add(`${row.id}.zip`);
      if (row.state === "making") wanted.add(`${row.id}.zip.part`);
    }
    for (const name of names) if (!wanted.has(name)) await rm(join(folder, name), { force: true });
  }

  /** Nothing is being made any more. */
  async settled(): Promise<void> {
    await this.#making;
  }

  async close(): Promise<void> {
    this.#ending.abort(new AppError("EVIDENCE_STOPPED", "Stopped; it is made when the town runs again."));
    await this.#making;
  }

  #start(id: string): void {
    this.#making = this.#making
      .then(() => this.#make(id))
      .catch((thrown) => this.#options.onFailure(id, thrown));
  }

  async #make(id: string): Promise<void> {
    const { sources, onFailure, keep_h } = this.#options;
    const row = await this.find(id);
    if (row?.state !== "making" || this.#ending.signal.aborted) return;
    try {
      await mkdir(join(this.#options.folder, "bundles"), { recursive: true, mode: 0o700 });
      const report = (share: number) => void this.#progress.set(id, share);
      const made = await makeBundle(
        row,
        this.#pathOf(row),
        await this.key(),
        sources,
        report,
        this.#ending.signal,
      );
      const made_at_ms = sources.clock.now_ms();
      const times = { made_at_ms, expires_at_ms: made_at_ms + keep_h * 3_600_000 };
      await this.#change(id, (each) => ({ ...each, ...made, ...times, state: "ready" }));
    } catch (thrown) {
      // What the end of the process broke off is made by the next one.
      if (this.#ending.signal.aborted) return;
      onFailure(id, thrown);
      const failure = thrown instanceof AppError ? thrown.message : "Something went wrong on our side.";
      await this.#change(id, (each) => ({ ...each, state: "failed", failure }));
    } finally {
      this.#progress.delete(id);
    }
    await this.#release(row);
  }

  async #release(row: ExportRow): Promise<void> {
    await releasePeriods(this.#options.records, row, this.#options.sources.clock.now_ms());
  }

  async #change(id: string, change: (row: ExportRow) => ExportRow): Promise<ExportRow> {
    const { records } = this.#options;
    const found = await records.find(KIND, id);
    if (!found || !Value.Check(ExportRow, found.value)) throw stateless("There is no such export.");
    const value = change(found.value);
    try {
      await records.write([{ kind: KIND, id, expected: found.revision, value }]);
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT") {
        throw stateless(`Somebody changed this at the same moment (${messageOf(thrown)}); look again.`);
      }
      throw thrown;
    }
    return value;
  }

  #pathOf({ id }: Pick<ExportRow, "id">): string {
    return join(this.#options.folder, "bundles", `${id}.zip`);
  }
}

function stateless(message: string): AppError {
  return new AppError("EVIDENCE_STATE", message);
}
