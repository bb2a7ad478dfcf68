import { join } from "node:path";
import { findHeld } from "@yardline/indexer/fade-personal";
import { rebuildIndex } from "@yardline/indexer/rebuild";
import { rebuildFolder } from "@yardline/indexer/rebuild-folder";
import { serversOf } from "@yardline/town/servers";
import { ERASURE } from "@yardline/upkeep/erasures";
import { openBus, openRecords, openSide, sideOf, takeFolder } from "../index-places.ts";
import { defineVerb, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;

/** Makes the index of a town anew, or carries it to another place. */
export const index = defineVerb({
  name: "index",
  summary: "Makes the index of events anew, or carries it from a folder to Elasticsearch and back.",
  usage:
    "rebuild [--data FOLDER] | migrate --from FOLDER|URL|@FILE --to FOLDER|URL|@FILE [--bus …] [--records …] [--follow]",
  example: "./yardline index migrate --from /var/lib/yardline/town --to http://127.0.0.1:9200",
  flags: {
    data: { ...text, help: "rebuild: the town's folder (.yardline/town)." },
    from: {
      ...text,
      help: "migrate: a town's folder, or http(s)://host:9200[/prefix], or @FILE that holds it.",
    },
    to: { ...text, help: "migrate: the same." },
    bus: { ...text, help: "migrate: kafka://host:9092,… or @FILE; else the folder's own bus." },
    records: { ...text, help: "migrate: postgres://… or @FILE; else the folder's own records." },
    follow: { type: "boolean", help: "migrate: keeps up with the bus until Ctrl-C, while services go over." },
  },
  positionals: { min: 1, max: 1 },
  async run(asked, world) {
    const [what = ""] = asked.positionals;
    const work = { rebuild, migrate }[what];
    if (!work) throw new UsageError(`index: there is rebuild and migrate, no "${what}"`);
    world.stdout.write(`${await work(asked, world)}\n`);
    return 0;
  },
});

type Asked = Parameters<typeof index.run>[0];

async function rebuild(asked: Asked, world: World): Promise<string> {
  const folder = optionalFlag(asked, "data") ?? join(world.root, ".yardline/town");
  const rebuilt = await rebuildFolder({ ...told(world), folder });
  if (rebuilt !== "ready") {
    return `the index is new; ${rebuilt.followed} statements came on the bus while it was made`;
  }
  return "the new index is nearly ready: stop the town, run the same command again, start the town";
}

async function migrate(asked: Asked, world: World): Promise<string> {
  const [from, to] = [
    await sideOf("from", textFlag(asked, "from")),
    await sideOf("to", textFlag(asked, "to")),
  ];
  const { bus, records } = asked.flags;
  const places = { folder: from.folder ?? to.folder, servers: await serversOf({ bus, records }, world.env) };
  await using closing = new AsyncDisposableStack();
  for (const { folder } of [from, to]) if (folder !== undefined) closing.use(await takeFolder(folder, world));
  const opened = async <Store extends { close(): Promise<void> }>(opening: Promise<Store>): Promise<Store> =>
    closing.adopt(await opening, (store) => store.close());
  const kept = await opened(openRecords(places, world));
  const done = await rebuildIndex({
    ...told(world),
    bus: await opened(openBus(places, world)),
    from: await opened(openSide(from, world)),
    to: await opened(openSide(to, world)),
    held: await findHeld(kept, world.clock.now_ms()),
    erasures: async () => (await kept.list(ERASURE)).map(({ id }) => id),
    follow: asked.flags["follow"] === true,
  });
  const start = to.url === undefined ? "without --index" : "with that --index";
  return `${done.carried} events and ${done.followed} statements of the bus were carried over; start the town ${start}`;
}

function told({ clock, signal, stderr }: World) {
  return { clock, signal, report: (line: string): void => void stderr.write(`yardline: ${line}\n`) };
}
