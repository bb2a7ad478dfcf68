import type { Client, estypes } from "@elastic/elasticsearch";
import { AppError } from "@yardline/domain/errors";
import { CATALOGUE } from "@yardline/events/catalogue";
import { fieldsOf } from "./elastic-mapping.ts";
import { patternsOf } from "./elastic-names.ts";
import { troubleOf } from "./elastic-trouble.ts";
import type { ElasticPlace } from "./elastic-url.ts";
import { CLASSES, keptDaysOf } from "./period.ts";

/** The major release of the server that our client speaks with. */
const SERVER_MAJOR = 8;
/** Grows with the analyser and with what a field means: documents of one format are no good to another. */
const FORMAT = 1;
/** Above the templates that Elasticsearch itself brings. */
const PRIORITY = 500;

/** What our template remembers of the releases that opened the index. */
export type Memory = {
  readonly format: number;
  /** Each class that indices may be of, also those that no kind has any more. */
  readonly classes: readonly number[];
  /** Whether each document tells when its personal fields have to go. */
  readonly fades?: boolean;
  /** What was known of each type when its documents were written. */
  readonly kinds: Readonly<Record<string, { readonly dataschema: string; readonly kept_days: number }>>;
};

type Fields = Record<string, estypes.MappingProperty>;
type Template = { readonly memory: Memory; readonly fields: Fields };

/**
 * Makes sure that each index of ours, there already or yet to come, has all fields of this release.
 * @returns what earlier releases knew, if there were any, and what is known now.
 * @throws AppError `INDEX_SERVER` for a server of another kind, `STORE_FORMAT` for an index of another format.
 */
export async function prepareTemplate(
  client: Client,
  place: ElasticPlace,
): Promise<{ before: Memory | undefined; now: Memory }> {
  await checkServer(client);
  const before = await findTemplate(client, place.prefix);
  if (before && before.memory.format !== FORMAT) throw otherFormat(place.prefix, before.memory.format);
  const now = memoryAfter(before?.memory);
  // What a newer release added stays: old and new processes may run beside each other for a while.
  const fields = { ...before?.fields, ...fieldsOf() };
  await client.indices.putIndexTemplate(templateOf(place, now, fields));
  const isGrown = before && Object.keys(fields).some((name) => !(name in before.fields));
  if (isGrown)
    await client.indices.putMapping({ index: patternsOf(place.prefix, now.classes), properties: fields });
  return { before: before?.memory, now };
}

async function checkServer(client: Client): Promise<void> {
  const { nodes } = await client.nodes.info({
    node_id: "_local",
    metric: "_none",
    filter_path: "nodes.*.version",
  });
  const [version = ""] = Object.values(nodes).map((node) => node.version);
  if (Number.parseInt(version, 10) !== SERVER_MAJOR) {
    throw new AppError(
      "INDEX_SERVER",
      `Elasticsearch ${SERVER_MAJOR}.x is needed; the server is ${version}.`,
    );
  }
}

async function findTemplate(client: Client, prefix: string): Promise<Template | undefined> {
  try {
    const { index_templates } = await client.indices.getIndexTemplate({ name: prefix });
    const [found] = index_templates;
    return (
      found && {
        memory: found.index_template._meta as Memory,
        fields: found.index_template.template?.mappings?.properties ?? {},
      }
    );
  } catch (thrown) {
    if (troubleOf(thrown)?.status === 404) return undefined;
    throw thrown;
  }
}

function memoryAfter(before: Memory | undefined): Memory {
  const kinds = CATALOGUE.map(
    ({ type, dataschema }) => [type, { dataschema, kept_days: keptDaysOf(type) }] as const,
  );
  return {
    format: FORMAT,
    fades: true,
    classes: [...new Set([...CLASSES, ...(before?.classes ?? [])])],
    kinds: { ...before?.kinds, ...Object.fromEntries(kinds) },
  };
}

function templateOf(place: ElasticPlace, memory: Memory, fields: Fields) {
  const settings = {
    number_of_shards: place.shards,
    auto_expand_replicas: "0-1",
    // Said outright, because an index that nobody asks for 30 s stops refreshing otherwise.
    refresh_interval: "500ms",
    // However few of a segment's events are erased, merging it leaves no trace of them.
    merge: { policy: { expunge_deletes_allowed: 0 } },
  };
  return {
    name: place.prefix,
    index_patterns: patternsOf(place.prefix, memory.classes),
    priority: PRIORITY,
    version: FORMAT,
    // Where a cluster makes no index by itself, it still makes these.
    allow_auto_create: true,
    _meta: { ...memory },
    template: { settings, mappings: { dynamic: "strict", properties: fields } },
  } as const;
}

function otherFormat(prefix: string, format: number): AppError {
  const mend =
    format > FORMAT
      ? "a newer release made it; start that one"
      : "carry it over into a new one with './yardline index migrate'";
  return new AppError("STORE_FORMAT", `The index ${prefix} has format ${format}, not ${FORMAT}: ${mend}.`);
}
