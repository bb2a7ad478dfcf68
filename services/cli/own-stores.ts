import { join } from "node:path";
import { serversOf } from "@yardline/town/servers";
import { Stores } from "@yardline/town/stores";
import { openLog } from "./process.ts";
import { type Given, optionalFlag, type World } from "./verb.ts";

/** The stores that a verb's `--data`, `--records` and the environment name; `closing` closes what it opens. */
export async function ownStores(given: Given, world: World, closing: AsyncDisposableStack): Promise<Stores> {
  const { clock, signal, stderr, root, env } = world;
  return new Stores(
    {
      folder: optionalFlag(given, "data") ?? join(root, ".yardline/town"),
      servers: await serversOf(given.flags, env),
      ...{ clock, signal, log: openLog(world) },
      report: (line) => void stderr.write(`yardline: ${line}\n`),
    },
    closing,
  );
}
