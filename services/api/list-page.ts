import { Type } from "typebox";

/** Of lists that are in memory anyway: a page is for whoever reads it, and holds as much as any town has of most of them. */
const LIST_PAGE_MAX = 1_000;

/** Parameters of a list that is given page by page. */
export const ListPage = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_PAGE_MAX, default: LIST_PAGE_MAX })),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1_000, description: "From the page before, for the same list." }),
  ),
};

/** What a list's answer has besides its items. */
export const ListCursor = {
  cursor: Type.Optional(Type.String({ description: "For the next page; absent on the last." })),
};

type Page = { readonly limit?: number; readonly cursor?: string };

/**
 * One page of a list, in the order of keys. The cursor names the last key of the page before, so whatever is added or goes meanwhile
 * makes nothing else come twice or not at all.
 * @param keyOf unique within the list.
 */
export function pageOf<Item>(
  items: readonly Item[],
  { limit = LIST_PAGE_MAX, cursor }: Page,
  keyOf: (item: Item) => string,
): { readonly items: Item[]; readonly cursor?: string } {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString();
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last && rest.length > limit && { cursor: Buffer.from(last.key).toString("base64url") }),
  };
}
