import { assert } from "@yardline/domain/assert";
import { HOUR_MS, type OpenFile } from "./period-file.ts";

/** What counts all events of an hour, whatever their tags. */
export const EVERY_EVENT = { id: 0, field: "" } as const;
/** Tags that a file has got are remembered, up to so many, then from the beginning. */
const REMEMBERED_MAX = 20_000;

/** The ids of an event's tags, and how they are kept. */
export type Ids = { readonly list: readonly number[]; readonly packed: Uint8Array };

/**
 * The tags of one file, and how many events of each hour have them. What one transaction changes is added up here, because the
 * events of a batch share most of their hours and tags.
 */
export class HourCounts {
  readonly #file: OpenFile;
  readonly #ids = new Map<string, number>();
  readonly #fields = new Map<number, string>();
  /** By hour and tag. */
  readonly #changes = new Map<number, Map<number, number>>();

  constructor(file: OpenFile) {
    this.#file = file;
  }

  /** The ids of tags (spaces between); tags that are new get one. */
  idsOf(tags: string): Ids {
    const list = tags.split(" ").map((tag) => this.#ids.get(tag) ?? this.#idOf(tag));
    return { list, packed: packIds(list) };
  }

  /** Counts one event with these tags, or with -1 one less. */
  add(at_ms: number, ids: readonly number[], events: 1 | -1): void {
    const hour = Math.floor(at_ms / HOUR_MS);
    const changes = this.#changes.get(hour) ?? new Map<number, number>();
    this.#changes.set(hour, changes);
    for (const id of ids) changes.set(id, (changes.get(id) ?? 0) + events);
    changes.set(EVERY_EVENT.id, (changes.get(EVERY_EVENT.id) ?? 0) + events);
  }

  /** Writes what was added up. */
  flush(): void {
    const addHour = this.#file.write(
      `INSERT INTO hour (hour, field, tag, events) VALUES (?, ?, ?, ?)
       ON CONFLICT (hour, field, tag) DO UPDATE SET events = events + excluded.events`,
    );
    const tidy = this.#file.write("DELETE FROM hour WHERE hour = ? AND events = 0");
    const totals = new Map<number, number>();
    for (const [hour, changes] of this.#changes) {
      for (const [id, events] of changes) {
        if (events !== 0) addHour.run(hour, this.#fieldOf(id), id, events);
        totals.set(id, (totals.get(id) ?? 0) + events);
      }
      if ([...changes.values()].some((events) => events < 0)) tidy.run(hour);
    }
    const addTag = this.#file.write("UPDATE tag SET events = events + ? WHERE id = ?");
    for (const [id, events] of totals) if (events !== 0) addTag.run(events, id);
    this.#changes.clear();
  }

  /** After a transaction that was taken back, or one that removed tags, what is remembered is no longer so. */
  forget(): void {
    this.#changes.clear();
    this.#ids.clear();
    this.#fields.clear();
  }

  #idOf(tag: string): number {
    this.#file.write("INSERT INTO tag (name, events) VALUES (?, 0) ON CONFLICT DO NOTHING").run(tag);
    const id = Number(this.#file.sql("SELECT id FROM tag WHERE name = ?").get(tag)?.["id"]);
    if (this.#ids.size >= REMEMBERED_MAX) this.#ids.clear();
    this.#ids.set(tag, id);
    return id;
  }

  #fieldOf(id: number): string {
    const known = id === EVERY_EVENT.id ? EVERY_EVENT.field : this.#fields.get(id);
    if (known !== undefined) return known;
    const name = this.#file.sql("SELECT name FROM tag WHERE id = ?").get(id)?.["name"];
    assert(typeof name === "string", "an event has a tag that its file has not");
    const field = fieldOf(name);
    this.#fields.set(id, field);
    return field;
  }
}

/** The field whose value a tag is, as `label` in `_label_person`. */
export function fieldOf(tag: string): string {
  return tag.slice(1, tag.indexOf("_", 1));
}

/** Numbers as varints, one after another. */
export function packIds(ids: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let id of ids) {
    for (; id > 127; id = Math.floor(id / 128)) bytes.push((id % 128) + 128);
    bytes.push(id);
  }
  return Uint8Array.from(bytes);
}

export function unpackIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let [id, weight] = [0, 1];
  for (const byte of bytes) {
    id += (byte % 128) * weight;
    weight *= 128;
    if (byte > 127) continue;
    ids.push(id);
    [id, weight] = [0, 1];
  }
  return ids;
}
