import { once } from "node:events";
import { createServer } from "node:http";
import { systemClock } from "@yardline/domain/time";
import { fadedAt, personalUntil } from "@yardline/events/fade";
import { anchorOf } from "@yardline/events/identity";
import { expect, onTestFinished, test } from "vitest";
import { openElasticIndex } from "./elastic.ts";
import { stayAt } from "./scenes.ts";
import { type ElasticTestPlace, makeElasticPlace } from "./testing/elastic-place.ts";
import { idsOf, scanAll, searchAll } from "./testing/place.ts";

const stay = stayAt(Date.parse("2026-11-09T12:00:00Z"), { zone: "Гойдалки", revision: 2 });

async function start(): Promise<ElasticTestPlace> {
  const place = await makeElasticPlace();
  await (await place.open()).close();
  onTestFinished(place.remove);
  return place;
}

/** Makes our template look as another release left it. */
async function pretend(place: ElasticTestPlace, memory: object): Promise<void> {
  const { index_templates } = JSON.parse(await place.ask("GET", `_index_template/${place.prefix}`));
  const [{ index_template }] = index_templates;
  await place.ask("PUT", `_index_template/${place.prefix}`, {
    ...index_template,
    index_patterns: [`${place.prefix}-30d-*`, `${place.prefix}-365d-*`],
    _meta: { ...index_template._meta, ...memory },
  });
}

test("an event of a kind that was unknown before is read again, and is in one index", async () => {
  const place = await start();
  await pretend(place, { classes: [30, 365], kinds: {} });
  const { occurrence, type, state, source, tenant, severity, dataschema } = stay;
  const before = { occurrence, type, state, source, tenant, severity, dataschema, words: ["yard"] };
  const path = `${place.prefix}-30d-2026.11.09/_doc/${occurrence}?version=2&version_type=external`;
  await place.ask("PUT", path, { ...before, at: anchorOf(occurrence), event: stay });

  const index = await place.open();
  onTestFinished(() => index.close());
  const inZone = { where: { op: "is", field: "zone", values: ["гойдалки"] } } as const;
  expect(idsOf(await searchAll(index, inZone))).toEqual([stay.id]);
  expect(await scanAll(index)).toEqual([stay]);
  expect(await index.get(occurrence)).toEqual(stay);
  expect(await index.put([{ ...stay, revision: 1, id: `${occurrence}.1` }, stay])).toEqual(["kept", "kept"]);
});

test("what an earlier release put without its time to fade is read again, and fades", {
  timeout: 120_000,
}, async () => {
  const place = await start();
  await pretend(place, { fades: false });
  const first = await place.open();
  await first.put([stay]);
  await first.close();
  const path = `${place.prefix}-365d-2026.11.09/_doc/${stay.occurrence}`;
  const { fades_at, ...before } = JSON.parse(await place.ask("GET", path))._source;
  expect(fades_at).toBe(personalUntil(stay));
  await place.ask("PUT", `${path}?version=2&version_type=external_gte`, before);
  await pretend(place, { fades: false });
  const index = await place.open();
  onTestFinished(() => index.close());
  expect(await index.fade(personalUntil(stay) ?? 0)).toBe(1);
  expect(await index.get(stay.occurrence)).toEqual(fadedAt(stay, personalUntil(stay) ?? 0));
});

test("fields that a release adds are there for the indices that stand already", async () => {
  const place = await start();
  const index = `${place.prefix}-365d-2026.11.09`;
  const { index_templates } = JSON.parse(await place.ask("GET", `_index_template/${place.prefix}`));
  const [{ index_template }] = index_templates;
  delete index_template.template.mappings.properties.zone;
  index_template.template.mappings.properties.newer = { type: "keyword" };
  await place.ask("PUT", `_index_template/${place.prefix}`, index_template);
  await place.ask("PUT", index);
  const opened = await place.open();
  onTestFinished(() => opened.close());
  expect(await opened.put([stay])).toEqual(["written"]);
  const { properties } = JSON.parse(await place.ask("GET", `${index}/_mapping`))[index].mappings;
  expect(properties).toMatchObject({ zone: { type: "keyword" }, newer: { type: "keyword" } });
});

test.for([
  [{ format: 0 }, /index migrate/],
  [{ format: 99 }, /newer release/],
] as const)("an index of %o is left alone", async ([memory, mend]) => {
  const place = await start();
  await pretend(place, memory);
  await expect(place.open()).rejects.toMatchObject({
    code: "STORE_FORMAT",
    message: expect.stringMatching(mend),
  });
});

test.for([
  ["7.17.29", { code: "INDEX_SERVER", message: expect.stringContaining("the server is 7.17.29") }],
  ["9.2.1", { code: "INDEX_SERVER", message: expect.stringContaining("the server is 9.2.1") }],
] as const)("an Elasticsearch %s is refused", async ([version, refusal]) => {
  const server = createServer((_, response) => {
    response.writeHead(200, { "x-elastic-product": "Elasticsearch", "content-type": "application/json" });
    response.end(JSON.stringify({ nodes: { a: { version } } }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const opening = openElasticIndex({ url: `http://127.0.0.1:${port}`, clock: systemClock });
  await expect(opening).rejects.toMatchObject({ ...refusal, retryable: false });
});
