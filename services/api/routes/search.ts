import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { RECORD_ID_PATTERN } from "@yardline/incidents/record-id";
import {
  changeSearch,
  deleteSearch,
  findOwnSearch,
  type KeptSearch,
  SearchWish,
} from "@yardline/incidents/saved-search";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import { asKept } from "../dispatch.ts";
import { type Asking, savedCondition } from "../event-language.ts";
import { IfMatch, requiredRevision, revisionTag } from "../if-match.ts";
import { askerOf, atDesk, handOf } from "../incident-desk.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import type { Visitor } from "../visitor.ts";
import { SavedSearchAnswer, SEARCHERS, searchDeed } from "./searches.ts";

const SearchParams = Type.Object({ id: Type.String({ pattern: RECORD_ID_PATTERN }) });

/** One of one's own saved searches. */
export const searchRoute: FastifyPluginAsyncTypebox<Asking & Pick<Parts, "records">> = async (app, parts) => {
  app.setSerializerCompiler(asKept);
  const { records, clock } = parts;
  app.get(
    "/v1/searches/:id",
    {
      config: { access: SEARCHERS, audits: { not: "A question shows nothing." } },
      schema: {
        operationId: "getSearch",
        summary: "One of one's own saved searches, with the `ETag` to change it by",
        tags: ["events"],
        params: SearchParams,
        response: answers({ 200: refTo(SavedSearchAnswer) }, [400, 404, 503]),
      },
    },
    async ({ params: { id }, visitor }, reply) => {
      const { search, revision } = await getOwn(records, id, visitor);
      reply.header("etag", revisionTag(revision));
      return search;
    },
  );
  app.put(
    "/v1/searches/:id",
    {
      config: { access: SEARCHERS, audits: "always" },
      schema: {
        operationId: "changeSearch",
        summary: "Changes one of one's own saved searches",
        tags: ["events"],
        params: SearchParams,
        headers: IfMatch,
        body: SearchWish,
        response: answers({ 200: refTo(SavedSearchAnswer) }, [400, 404, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { headers, body, visitor } = request;
      const { id } = request.params;
      const kept = await getOwn(records, id, visitor);
      savedCondition(body, parts);
      const expected = requiredRevision(headers);
      if (expected !== kept.revision) {
        throw new Refusal(412, "SEARCH_CHANGED", "It was changed meanwhile; read it again.");
      }
      await audited(request, searchDeed(id, "changed", body));
      const changed = await atDesk(() => changeSearch(records, kept, body, expected, handOf(visitor, clock)));
      reply.header("etag", revisionTag(changed.revision));
      return changed.search;
    },
  );
  app.delete(
    "/v1/searches/:id",
    {
      config: { access: SEARCHERS, audits: "always" },
      schema: {
        operationId: "deleteSearch",
        summary: "Deletes one of one's own saved searches",
        tags: ["events"],
        params: SearchParams,
        response: answers({ 204: Type.Null({ description: "It is gone." }) }, [400, 404, 503]),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await getOwn(records, id, request.visitor);
      await audited(request, searchDeed(id, "deleted"));
      await deleteSearch(records, id);
      return reply.code(204).send(null);
    },
  );
};

/** @throws Refusal 404 also for what colleagues share: it is theirs to change. */
async function getOwn(records: Parts["records"], id: string, visitor: Visitor): Promise<KeptSearch> {
  const kept = await findOwnSearch(records, id, askerOf(visitor).login);
  if (!kept) throw new Refusal(404, "SEARCH_UNKNOWN", "You have no such search.");
  return kept;
}
