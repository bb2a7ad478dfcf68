import { readFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { type EdgeEntry, listEdges, writeEdge } from "@yardline/relay/edge-directory";
import { listReports } from "@yardline/relay/edge-report";
import { writeEdgeSettings } from "@yardline/relay/edge-settings";
import { type EdgeName, edgeId } from "@yardline/relay/identity";
import { ownStores } from "../own-stores.ts";
import { defineVerb, optionalFlag, textFlag, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;
const NAME = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})$/;

/** What a region knows of its edges: who they are, what they speak for, how they fare. */
export const edges = defineVerb({
  name: "edges",
  summary: "Shows and changes what a region knows of its edges.",
  usage: "list|register|revoke|settings [TENANT/EDGE] [--records postgres://…|@FILE | --data FOLDER]",
  example: "./yardline edges register smalltown/north --source 'camera/north-*' --records @records.address",
  flags: {
    source: {
      ...text,
      multiple: true,
      help: "register: what it speaks for, as camera/yard-1 or feed/buses; * at the end: all that begin so.",
    },
    media: { ...text, help: "register: where its recordings are fetched, as https://10.8.0.2:8444." },
    serial: { ...text, help: "revoke: only this certificate, by its serial number." },
    file: { ...text, help: "settings: a JSON file that the edge is to run on." },
    records: { ...text, help: "postgres://… or @FILE that holds it; or YARDLINE_RECORDS." },
    data: { ...text, help: "Folder of a region that does not run now (.yardline/town)." },
  },
  positionals: { min: 1, max: 2 },
  async run(asked, world) {
    const [what = "", name] = asked.positionals;
    const work = { list, register, revoke, settings }[what];
    if (!work) throw new UsageError(`edges: there is list, register, revoke and settings, no "${what}"`);
    const own = what === "list" ? { tenant: "", edge: "" } : nameOf(name);
    await using closing = new AsyncDisposableStack();
    const stores = await ownStores(asked, world, closing);
    world.stdout.write(`${await work({ records: await stores.records(), own, asked, world })}\n`);
    return 0;
  },
});

type Work = {
  readonly records: Records;
  readonly own: EdgeName;
  readonly asked: Parameters<typeof edges.run>[0];
  readonly world: World;
};

async function list({ records }: Work): Promise<string> {
  const reports = new Map((await listReports(records)).map((report) => [edgeId(report), report]));
  const lines = (await listEdges(records)).map((entry) => {
    const {
      reported_at = "never",
      lag = {},
      settings_version,
      settings_refused,
    } = reports.get(edgeId(entry)) ?? {};
    const behind = Object.entries(lag).map(([topic, records]) => `${topic} ${records}`);
    return [
      `${edgeId(entry)}${entry.revoked ? " REVOKED" : ""}: heard of ${reported_at}`,
      ...(behind.length > 0 ? [`still to come: ${behind.join(", ")}`] : []),
      `settings ${settings_version ?? "none"}${settings_refused ? ` (refuses newer: ${settings_refused.reason})` : ""}`,
      `speaks for ${entry.sources.join(" ")}`,
    ].join("; ");
  });
  return [...lines, `${lines.length} edges`].join("\n");
}

async function register({ records, own, asked }: Work): Promise<string> {
  const { source = [] } = asked.flags;
  const sources = Array.isArray(source) ? source.map(String) : [];
  if (sources.length === 0) throw new UsageError("edges: --source is missing");
  const media_origin = optionalFlag(asked, "media");
  if (media_origin !== undefined && URL.parse(media_origin)?.protocol !== "https:") {
    throw new UsageError("edges: --media is an address that begins with https://");
  }
  const before = await findEdge(records, own);
  await writeEdge(records, {
    ...before,
    ...own,
    sources,
    ...(media_origin !== undefined && { media_origin }),
  });
  return `${edgeId(own)} speaks for ${sources.join(" ")}`;
}

async function revoke({ records, own, asked }: Work): Promise<string> {
  const entry = await findEdge(records, own);
  if (!entry) throw new AppError("EDGE_UNKNOWN", `There is no edge ${edgeId(own)}.`);
  const serial = optionalFlag(asked, "serial")?.replaceAll(":", "").toUpperCase();
  const { revoked_serials = [] } = entry;
  const change = serial === undefined ? { revoked: true } : { revoked_serials: [...revoked_serials, serial] };
  await writeEdge(records, { ...entry, ...change });
  const what = serial === undefined ? edgeId(own) : `certificate ${serial} of ${edgeId(own)}`;
  return `Within half a minute nothing is taken from ${what} any more.`;
}

async function settings({ records, own, asked, world }: Work): Promise<string> {
  const path = textFlag(asked, "file");
  const version = await writeEdgeSettings(records, world.clock, own, await readObject(path));
  return `${edgeId(own)} gets these settings within two minutes, as version ${version}.`;
}

async function readObject(path: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new AppError("SETTINGS_FILE", `${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return { ...value };
  throw new AppError("SETTINGS_FILE", `${path} holds no JSON object.`);
}

async function findEdge(records: Records, own: EdgeName): Promise<EdgeEntry | undefined> {
  return (await listEdges(records)).find((entry) => edgeId(entry) === edgeId(own));
}

function nameOf(name: string | undefined): EdgeName {
  const [, tenant, edge] = NAME.exec(name ?? "") ?? [];
  if (tenant && edge) return { tenant, edge };
  throw new UsageError("edges: name the edge as TENANT/EDGE, in small letters");
}
