import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import type { Records, Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Hand } from "./change-incident.ts";
import { Login, text } from "./incident.ts";
import { newRecordId, type Random, RECORD_ID_PATTERN } from "./record-id.ts";

const KIND = "saved-search";
/** Of one person, and of all together: each is asked of every event. */
export const SEARCHES_MAX = 50;
const ALL_MAX = 1_000;

/** What its owner decides of one. */
export const SearchWish = Type.Object(
  {
    name: text(100),
    q: Type.String({ minLength: 1, maxLength: 1_000, description: "In the query language." }),
    shared: Type.Boolean({
      description: "Whether colleagues have it too; what they find by it is what they may see.",
    }),
    alert: Type.Boolean({ description: "Whether new events that it finds are told at once." }),
  },
  { additionalProperties: false },
);
export type SearchWish = Static<typeof SearchWish>;

/** A question that somebody asks again and again. */
export const SavedSearch = Type.Object(
  {
    ...SearchWish.properties,
    id: Type.String({ pattern: RECORD_ID_PATTERN }),
    tenant: Type.String(),
    owner: Login,
    changed_at: Type.String({ format: "date-time" }),
  },
  { additionalProperties: false },
);
export type SavedSearch = Static<typeof SavedSearch>;
export type KeptSearch = { readonly search: SavedSearch; readonly revision: number };

type Store = Pick<Records, "find" | "list" | "write">;

/** One's own and those that are shared, by name. */
export async function listSearches(
  records: Pick<Records, "list">,
  tenant: string,
  login: string,
): Promise<readonly SavedSearch[]> {
  return (await records.list(KIND))
    .flatMap(searchOf)
    .filter((search) => search.tenant === tenant && (search.shared || search.owner === login))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** One's own by its id; others' are not one's own to change. */
export async function findOwnSearch(
  records: Pick<Records, "find">,
  id: string,
  login: string,
): Promise<KeptSearch | undefined> {
  const row = await records.find(KIND, id);
  const [search] = row ? searchOf(row) : [];
  return row && search?.owner === login ? { search, revision: row.revision } : undefined;
}

/** @throws AppError `SEARCHES_FULL`; as `Records.write`. */
export async function saveSearch(
  records: Store,
  tenant: string,
  wish: SearchWish,
  { by, at_ms }: Hand,
  random: Random,
): Promise<KeptSearch> {
  const all = (await records.list(KIND)).flatMap(searchOf);
  if (all.length >= ALL_MAX || all.filter(({ owner }) => owner === by).length >= SEARCHES_MAX) {
    throw new AppError("SEARCHES_FULL", `${SEARCHES_MAX} searches are kept of one person; delete some.`);
  }
  const search: SavedSearch = {
    ...wish,
    id: newRecordId(at_ms, random),
    tenant,
    owner: by,
    changed_at: isoOf(at_ms),
  };
  await records.write([{ kind: KIND, id: search.id, expected: 0, value: search }]);
  return { search, revision: 1 };
}

/** @throws AppError `RECORDS_CONFLICT` when it is at another revision than the one that was read. */
export async function changeSearch(
  records: Store,
  { search }: KeptSearch,
  wish: SearchWish,
  expected: number,
  { at_ms }: Hand,
): Promise<KeptSearch> {
  const changed: SavedSearch = { ...search, ...wish, changed_at: isoOf(at_ms) };
  await records.write([{ kind: KIND, id: search.id, expected, value: changed }]);
  return { search: changed, revision: expected + 1 };
}

export async function deleteSearch(records: Store, id: string): Promise<void> {
  await records.write([{ kind: KIND, id, value: undefined }]);
}

function searchOf({ value }: Row): SavedSearch[] {
  return Value.Check(SavedSearch, value) ? [value] : [];
}
