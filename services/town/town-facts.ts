import type { TownFacts } from "@yardline/privacy/town-facts";
import { recordOf } from "./camera-config.ts";
import type { TownConfig } from "./config.ts";

/** A town's settings as the papers about its cameras need them. */
export function townFacts({
  town,
  privacy = {},
  cameras = [],
  webhooks = [],
  region,
}: TownConfig): TownFacts {
  return {
    name: town.name,
    contact: privacy,
    cameras: cameras.map((camera) => ({
      ...{ id: camera.id, name: camera.name, record: recordOf(camera), recorded: camera.file !== undefined },
      ...(camera.place && { place: camera.place }),
      watches_for: [...new Set(camera.rules?.map(({ rule }) => rule) ?? ["presence"])],
      recording: camera.recording ?? "continuous",
    })),
    recipients: [...(region ? [new URL(region.url).host] : []), ...webhooks.map(({ id }) => `webhook ${id}`)],
  };
}
