import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import type { Parts } from "../parts.ts";
import { answers, refTo } from "../schemas.ts";
import { having } from "../settings.ts";

export const SettingsOwnerAnswer = Type.Object(
  {
    by: Type.Enum(["file", "command-line", "demonstration", "region", "pages"], {
      description: "Where they are changed; on the pages only where it says so.",
    }),
    name: Type.Optional(Type.String({ description: "Of the file." })),
  },
  { $id: "SettingsOwner" },
);

export const TownSettings = Type.Object(
  {
    owner: refTo(SettingsOwnerAnswer),
    cameras_owner: refTo(SettingsOwnerAnswer),
    settings: Type.Record(Type.String(), Type.Unknown(), {
      description: "As in a town.yaml: files are named, of addresses only scheme and host are shown.",
    }),
  },
  { $id: "TownSettings" },
);

/** What the town is set up as, and which file says so. */
export const settingsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "settings">> = async (
  app,
  { settings },
) => {
  app.get(
    "/v1/settings",
    {
      config: { access: ["configure"] },
      // Settings may hold any value: what a schema has checked already goes out as it is.
      serializerCompiler: () => JSON.stringify,
      schema: {
        operationId: "getSettings",
        summary: "The settings of the town, without any secret, and where they are changed",
        tags: ["settings"],
        response: answers({ 200: refTo(TownSettings) }, [404]),
      },
    },
    async () => {
      const { owner, shown, cameras } = having(settings);
      return { owner, cameras_owner: cameras.owner, settings: { ...shown } };
    },
  );
};
