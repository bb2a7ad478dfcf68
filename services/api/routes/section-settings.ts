import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { reachOf } from "@yardline/permission/decide";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { IfMatch, requiredRevision, revisionTag } from "../if-match.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { changesIn, having, refusing } from "../settings.ts";
import type { SectionState } from "../settings-parts.ts";
import { nameOf, type Visitor } from "../visitor.ts";
import { SettingsOwnerAnswer } from "./settings.ts";

/** Thousands of devices are some hundred kilobytes. */
const BODY_BYTES_MAX = 512 * 1024;
const SECRETS_MAX = 100;

const SectionParams = Type.Object({
  section: Type.String({ pattern: "^[a-z_]{1,40}$", description: "As in a town.yaml: `recordings`." }),
});
const AnyValue = Type.Unknown({
  description: "As it stands in a town.yaml; of addresses only scheme and host, of secrets their names.",
});

export const SectionSettings = Type.Object(
  {
    id: Type.String(),
    owner: refTo(SettingsOwnerAnswer),
    applies: Type.Enum(["at-once", "restart"], { description: "When a change is in use." }),
    waits: Type.Boolean({ description: "Whether what is kept waits for a restart." }),
    revision: Type.Integer({ minimum: 0, description: "The `ETag`; 0 where no page has set it." }),
    changed_by: Type.Optional(Type.String()),
    changed_at: Type.Optional(Instant),
    value: Type.Optional(AnyValue),
  },
  { $id: "SectionSettings" },
);

const Asked = Type.Object(
  {
    value: Type.Unknown({
      description: "The whole section. What was shown of an address or a secret stays what it was.",
    }),
    secrets: Type.Optional(
      Type.Array(
        Type.Object(
          {
            at: Type.String({ maxLength: 200, description: "JSON pointer of its field in `value`." }),
            text: Type.String({ minLength: 1, maxLength: 4_000 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: SECRETS_MAX, description: "Typed anew; they are sealed and never given out again." },
      ),
    ),
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "settings" | "town">;

/** The sections of the settings, and changing those that no file owns. */
export const sectionSettingsRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  await app.register(reading, options);
  await app.register(changing, options);
};

const reading: FastifyPluginAsyncTypebox<Options> = async (app, { settings }) => {
  app.get(
    "/v1/settings/sections",
    {
      config: { access: ["configure"] },
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "listSectionSettings",
        summary: "Every section of the settings that a page may show: who owns it, and what it says",
        tags: ["settings"],
        response: answers({ 200: Type.Object({ sections: Type.Array(refTo(SectionSettings)) }) }, [404, 503]),
      },
    },
    async () => ({ sections: (await having(settings).sections.list()).map(answerOf) }),
  );

  app.get(
    "/v1/settings/sections/:section",
    {
      config: { access: ["configure"] },
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "getSectionSettings",
        summary: "One section of the settings; its `ETag` is needed to change it",
        tags: ["settings"],
        params: SectionParams,
        response: answers({ 200: refTo(SectionSettings) }, [404, 503]),
      },
    },
    async ({ params }, reply) => {
      const found = await having(settings).sections.find(params.section);
      if (!found) throw unknown();
      void reply.header("etag", revisionTag(found.revision));
      return answerOf(found);
    },
  );
};

const changing: FastifyPluginAsyncTypebox<Options> = async (app, { settings, town }) => {
  app.put(
    "/v1/settings/sections/:section",
    {
      config: { access: ["configure"], audits: "always" },
      bodyLimit: BODY_BYTES_MAX,
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "writeSectionSettings",
        summary: "Set a section; `applies` says when it is in use",
        description: 'One that no page has set yet is written with `If-Match: "0"`.',
        tags: ["settings"],
        params: SectionParams,
        headers: IfMatch,
        body: Asked,
        response: answers({ 200: refTo(SectionSettings) }, [400, 404, 409, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { params, body, visitor, headers } = request;
      const { sections } = having(settings);
      refuseOfSome(visitor, town);
      const seen = requiredRevision(headers);
      const found = await sections.find(params.section);
      if (!found) throw unknown();
      const { value, secrets = [] } = body;
      await audited(request, {
        action: "configure",
        object: { kind: "settings", id: found.id },
        details: {
          change: changesIn(Object(found.value), Object(value)).join(", "),
          ...(secrets.length > 0 && { secrets: secrets.length }),
        },
      });
      const typed = new Map(secrets.map(({ at, text }) => [at, text]));
      const change = { id: found.id, value, secrets: typed, seen, by: nameOf(visitor) };
      const done = await refusing(sections.write(change));
      if ("problems" in done) throw refusedFields(done.problems);
      void reply.header("etag", revisionTag(done.written.revision));
      return answerOf(done.written);
    },
  );

  app.delete(
    "/v1/settings/sections/:section",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "removeSectionSettings",
        summary: "Take back what pages set: the section is as if nobody had named it",
        tags: ["settings"],
        params: SectionParams,
        headers: IfMatch,
        response: answers({ 204: Type.Null() }, [400, 404, 409, 412, 428, 503]),
      },
    },
    async (request, reply) => {
      const { sections } = having(settings);
      refuseOfSome(request.visitor, town);
      const { section: id } = request.params;
      const seen = requiredRevision(request.headers);
      if (!(await sections.find(id))) throw unknown();
      const object = { kind: "settings", id };
      await audited(request, { action: "configure", object, details: { change: "removed" } });
      await refusing(sections.remove({ id, seen }));
      return reply.code(204).send(null);
    },
  );
};

/** Who sets up some of the cameras sets up no town. */
function refuseOfSome(visitor: Visitor, { tenant }: Parts["town"]): void {
  const reach = reachOf(visitor, "configure", tenant);
  if (reach === "all" || reach?.all === true) return;
  throw new Refusal(403, "NOT_ALLOWED", "Your account may set up some cameras, not the whole town.");
}

function refusedFields(problems: readonly { readonly at: string; readonly message: string }[]): Refusal {
  const said = problems.map(({ at, message }) => `${at} ${message}`.trim()).join("; ");
  return new Refusal(400, "SETTINGS_WRONG", `${said}.`, undefined, {
    fields: problems.map((each) => ({ ...each })),
  });
}

function unknown(): Refusal {
  return new Refusal(404, "SETTINGS_UNKNOWN", "There are no such settings.");
}

function answerOf({ by, at_ms, ...state }: SectionState): Static<typeof SectionSettings> {
  return {
    ...state,
    ...(by !== undefined && { changed_by: by }),
    ...(at_ms !== undefined && { changed_at: isoOf(at_ms) }),
  };
}
