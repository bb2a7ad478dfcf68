import { get, send } from "../api/client.ts";
import type { AskOf, PathOf } from "../api/types.ts";

/** @param query of an address, `?` included, as of all below. */
export const countEvents = (query: string, signal: AbortSignal) => get("/v1/events/count", {}, signal, query);
export const countEventsByTime = (query: string, signal: AbortSignal) =>
  get("/v1/events/histogram", {}, signal, query);

export const countEventsByValue = (query: string, signal: AbortSignal) =>
  get("/v1/events/facets", {}, signal, query);

export const searchStreamPath = "/v1/searches/stream" satisfies PathOf<"get">;

export type SearchWish = AskOf<"post", "/v1/searches">["body"];

export const listSearches = async (signal: AbortSignal) => (await get("/v1/searches", {}, signal)).searches;
export const saveSearch = (body: SearchWish) => send("post", "/v1/searches", { body });
export const deleteSearch = (id: string) => send("delete", "/v1/searches/{id}", { path: { id } });

/** Changes it as it is now: whatever its owner changed elsewhere meanwhile is what they see in the form's place. */
export async function changeSearch(id: string, body: SearchWish): Promise<void> {
  let tag = "";
  const signal = new AbortController().signal;
  await get("/v1/searches/{id}", { path: { id } }, signal, "", {
    onHeaders: (headers) => {
      tag = headers.get("etag") ?? "";
    },
  });
  await send("put", "/v1/searches/{id}", { path: { id }, body }, { "if-match": tag });
}
