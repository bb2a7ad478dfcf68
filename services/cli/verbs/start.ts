import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { keysFrom } from "@yardline/secrets/secret-keys";
import { DEFAULT_PORT } from "@yardline/town/config";
import { prepareDemo } from "@yardline/town/demo/prepare";
import { serversOf } from "@yardline/town/servers";
import { startTown } from "@yardline/town/town";
import { drained, openLog } from "../process.ts";
import { PUBLIC_FLAGS, withPublic } from "../public-flags.ts";
import { PAGE_DIR, setUp } from "../set-up.ts";
import { type Ask, portOf, settingsOf } from "../start-settings.ts";
import { defineVerb, optionalFlag, type World } from "../verb.ts";

const text = { type: "string" } as const;

/** Runs the town: the invented one without settings, a real one with them. */
export const start = defineVerb({
  name: "start",
  summary: "Sets up what is missing and runs the town; without settings, the demonstration.",
  usage: "[--new | --config town.yaml | --camera NAME=@FILE … --gtfs ZIP --tracker PROTOCOL:PORT …]",
  example:
    './yardline start --camera yard=@yard.url --purpose protection-of-property --legal-basis public-task --controller "Village council" --mask "none-needed:Only the council\'s own yard is in view." --sign "posted:2026-11-30:At both gates"',
  flags: {
    config: { ...text, help: "A town.yaml that owns all settings." },
    camera: {
      ...text,
      multiple: true,
      help: "NAME=@FILE: the file holds the address; NAME=VIDEO: a recording.",
    },
    purpose: { ...text, help: "What the cameras are for; asked when missing." },
    "legal-basis": { ...text, help: "public-task, legitimate-interest, legal-obligation or consent." },
    controller: { ...text, help: "Who answers for the cameras." },
    "retention-h": { ...text, help: "Hours that pictures live (72)." },
    "retention-reason": { ...text, help: "Why longer than 72 hours." },
    mask: { ...text, help: "none-needed:REASON or burnt-in:FILE." },
    sign: { ...text, help: "posted:DAY:WHERE IT HANGS; of recordings none is needed." },
    gtfs: { ...text, help: "The timetable: a zip file or its https address." },
    tracker: { ...text, multiple: true, help: "PROTOCOL:PORT, as in wialon-ips:5039." },
    device: { ...text, multiple: true, help: "IMEI=FLEET-NUMBER: which tracker is which bus." },
    "unknown-devices": { ...text, help: "quarantine (default) or accept." },
    new: { type: "boolean", help: "A town of your own, with nothing in it: it is set up in the browser." },
    name: { ...text, help: "The town's name on the page." },
    ...PUBLIC_FLAGS,
    port: { ...text, help: `Where the page is served on this machine (${DEFAULT_PORT}).` },
    data: { ...text, help: "Folder of everything that is kept here (.yardline/town)." },
    bus: { ...text, help: "A Kafka instead of the folder: kafka://host:9092,… or @FILE that holds it." },
    index: { ...text, help: "An Elasticsearch instead of the folder: http(s)://host:9200 or @FILE." },
    records: { ...text, help: "A PostgreSQL instead of the folder: postgres://… or @FILE." },
  },
  async run(asked, world) {
    const given = withPublic(await settingsOf(asked.flags, askerOf(world)), asked);
    await setUp(world, ["detector", "page"]);
    const report = (line: string): void => void world.stderr.write(`yardline: ${line}\n`);
    const data = optionalFlag(asked, "data") ?? join(world.root, ".yardline", given ? "town" : "demo-town");
    const port = portOf(optionalFlag(asked, "port")) ?? given?.port ?? DEFAULT_PORT;
    const town = await startTown(
      {
        ...(given
          ? { config: given }
          : await prepareDemo({ folder: join(world.root, ".yardline/demo"), report })),
        base: optionalFlag(asked, "config") ?? ".",
        port,
        folder: data,
        servers: await serversOf(asked.flags, world.env),
        keys: keysFrom(world.env),
        pageDir: join(world.root, PAGE_DIR),
        root: world.root,
        clock: world.clock,
        log: openLog(world),
        report,
      },
      world.signal,
    );
    report(`running: ${town.address}${given ? "" : " (the demonstration: an invented town)"}`);
    return drained(town.stopped, world, report);
  },
});

/** Questions go to a person at a terminal, and to nobody else. */
function askerOf({ stdin, stderr }: World): Ask {
  if (!("isTTY" in stdin && stdin.isTTY === true && stderr.isTTY === true)) return undefined;
  return async (question) => {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
      return (await lines.question(`${question}\n> `)).trim();
    } finally {
      lines.close();
    }
  };
}
