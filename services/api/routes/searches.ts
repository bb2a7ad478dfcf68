import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { listSearches, SavedSearch, SearchWish, saveSearch } from "@yardline/incidents/saved-search";
import { Type } from "typebox";
import { audited, type Deed, UNNUMBERED } from "../audited.ts";
import { asKept } from "../dispatch.ts";
import { type Asking, savedCondition } from "../event-language.ts";
import { revisionTag } from "../if-match.ts";
import { askerOf, atDesk, handOf } from "../incident-desk.ts";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";

export const SavedSearchAnswer = Type.Object(SavedSearch.properties, { $id: "SavedSearch" });
export const SEARCHERS = ["live", "archive", "transit"] as const;

type Options = Asking & Pick<Parts, "records">;

/** Questions that somebody asks again and again. Keeping one gives no right: what it finds is what the asker may see. */
export const searchesRoute: FastifyPluginAsyncTypebox<Options> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, town, clock } = parts;
  app.get(
    "/v1/searches",
    {
      config: { access: SEARCHERS, audits: { not: "A question shows nothing." } },
      schema: {
        operationId: "listSearches",
        summary: "One's own saved searches, and those that colleagues share",
        tags: ["events"],
        response: answers({ 200: Type.Object({ searches: Type.Array(refTo(SavedSearchAnswer)) }) }, [503]),
      },
    },
    async ({ visitor }) => ({
      searches: [...(await listSearches(records, town.tenant, askerOf(visitor).login))],
    }),
  );
  app.post(
    "/v1/searches",
    {
      config: { access: SEARCHERS, audits: "always" },
      schema: {
        operationId: "saveSearch",
        summary: "Saves a search, for oneself or to share, perhaps with alerts",
        tags: ["events"],
        body: SearchWish,
        response: answers({ 201: refTo(SavedSearchAnswer) }, [400, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body, visitor } = request;
      savedCondition(body, parts);
      await audited(request, searchDeed(UNNUMBERED, "saved", body));
      const kept = await atDesk(() =>
        saveSearch(records, town.tenant, body, handOf(visitor, clock), randomBytes),
      );
      return reply.code(201).header("etag", revisionTag(kept.revision)).send(kept.search);
    },
  );
};

/** What somebody does about a saved search: with alerts it goes on asking, and by `shared` it asks in colleagues' names. */
export function searchDeed(id: string, change: string, wish?: SearchWish): Deed {
  const asked = wish && { question: wish.q, shared: wish.shared, alert: wish.alert };
  const details = { change, ...asked };
  return { action: "search", object: { kind: "saved-search", id }, details };
}
