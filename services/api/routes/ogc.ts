import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { cacheAsAsked } from "../cache-as-asked.ts";
import { answerConditionally } from "../etag.ts";
import {
  addressOf,
  COLLECTIONS,
  CONFORMS_TO,
  Collection,
  type CollectionId,
  collectionOf,
  OGC_ROOT,
  OgcLink,
} from "../ogc.ts";
import type { Parts } from "../parts.ts";
import { boundsOf } from "../places.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import { mayAny, type Visitor } from "../visitor.ts";

const Links = Type.Array(refTo(OgcLink));
export const OgcLanding = Type.Object(
  { title: Type.String(), description: Type.String(), links: Links },
  { $id: "OgcLanding" },
);
export const OgcConformance = Type.Object(
  { conformsTo: Type.Array(Type.String()) },
  { $id: "OgcConformance" },
);
export const OgcCollections = Type.Object(
  { links: Links, collections: Type.Array(refTo(Collection)) },
  { $id: "OgcCollections" },
);

const JSON_TYPE = "application/json";
/** What there is changes with a release, how far it reaches with the timetable. */
const AGE_MAX_S = 60;

export const ogcRoute: FastifyPluginAsyncTypebox<Pick<Parts, "town" | "transit" | "cameras">> = async (
  app,
  { town, transit, cameras },
) => {
  const config = { access: "public" } as const;
  const known = (visitor: Visitor): CollectionId[] =>
    (Object.keys(COLLECTIONS) as CollectionId[]).filter(
      (id) => id !== "events" || mayAny(visitor, ["archive", "transit"], town.tenant),
    );
  const described = (id: CollectionId, address: string) =>
    collectionOf(id, address, boundsOf({ transit, cameras }));

  app.get(
    OGC_ROOT,
    {
      config,
      onSend: answerConditionally,
      schema: {
        operationId: "getOgcLandingPage",
        summary: "OGC API – Features: where to begin",
        tags: ["features"],
        response: answers({ 200: refTo(OgcLanding) }),
      },
    },
    async (request, reply) => {
      const address = addressOf(request);
      cacheAsAsked(reply, request.visitor, AGE_MAX_S);
      return {
        title: town.name,
        description: "Places, vehicles and events of the town.",
        links: [
          { href: `${address}${OGC_ROOT}`, rel: "self", type: JSON_TYPE },
          { href: `${address}/v1/openapi.json`, rel: "service-desc", type: OPENAPI_TYPE },
          { href: `${address}/docs`, rel: "service-doc", type: "text/html" },
          { href: `${address}${OGC_ROOT}/conformance`, rel: "conformance", type: JSON_TYPE },
          { href: `${address}${OGC_ROOT}/collections`, rel: "data", type: JSON_TYPE },
        ],
      };
    },
  );
  app.get(
    `${OGC_ROOT}/conformance`,
    {
      config,
      onSend: answerConditionally,
      schema: {
        operationId: "getOgcConformance",
        summary: "OGC API – Features: which parts of the standard are kept to",
        tags: ["features"],
        response: answers({ 200: refTo(OgcConformance) }),
      },
    },
    async ({ visitor }, reply) => {
      cacheAsAsked(reply, visitor, AGE_MAX_S);
      return { conformsTo: [...CONFORMS_TO] };
    },
  );
  app.get(
    `${OGC_ROOT}/collections`,
    {
      config,
      onSend: answerConditionally,
      schema: {
        operationId: "listOgcCollections",
        summary: "OGC API – Features: what whoever asks may ask for",
        tags: ["features"],
        response: answers({ 200: refTo(OgcCollections) }),
      },
    },
    async (request, reply) => {
      const address = addressOf(request);
      cacheAsAsked(reply, request.visitor, AGE_MAX_S);
      return {
        links: [{ href: `${address}${OGC_ROOT}/collections`, rel: "self", type: JSON_TYPE }],
        collections: known(request.visitor).map((id) => described(id, address)),
      };
    },
  );
  app.get(
    `${OGC_ROOT}/collections/:collection`,
    {
      config,
      onSend: answerConditionally,
      schema: {
        operationId: "getOgcCollection",
        summary: "OGC API – Features: one collection",
        tags: ["features"],
        params: Type.Object({ collection: Type.String({ maxLength: 50 }) }),
        response: answers({ 200: refTo(Collection) }, [404]),
      },
    },
    async (request, reply) => {
      const id = known(request.visitor).find((each) => each === request.params.collection);
      if (!id) throw new Refusal(404, "COLLECTION_UNKNOWN", "There is no such collection.");
      cacheAsAsked(reply, request.visitor, AGE_MAX_S);
      return described(id, addressOf(request));
    },
  );
};

const OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.1";
