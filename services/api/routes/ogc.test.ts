import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";

const headers = { host: "localhost:8080" };
const ROOT = "http://localhost:8080/v1/ogc";

test("from the landing page to the items by links alone", async () => {
  const app = await testApp();
  const get = async (href: string) => {
    const { pathname, search } = new URL(href);
    const answer = await app.inject({ url: pathname + search, headers });
    expect([href, answer.statusCode]).toEqual([href, 200]);
    return answer;
  };
  type Linked = {
    readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
  };
  const linkOf = ({ links }: Linked, rel: string) => links.find((link) => link.rel === rel)?.href ?? "none:";
  const landing = (await get(ROOT)).json();
  expect(landing.links.map(({ rel }: { rel: string }) => rel)).toEqual([
    "self",
    "service-desc",
    "service-doc",
    "conformance",
    "data",
  ]);
  for (const { href } of landing.links.slice(0, 2)) await get(href);
  expect((await get(linkOf(landing, "conformance"))).json().conformsTo).toContain(
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  );
  const { collections } = (await get(linkOf(landing, "data"))).json();
  expect(collections.map(({ id }: { id: string }) => id)).toEqual(["places", "vehicles", "events"]);
  for (const collection of collections) {
    expect((await get(linkOf(collection, "self"))).json()).toEqual(collection);
    const items = await get(linkOf(collection, "items"));
    expect(items.headers["content-type"]).toBe("application/geo+json; charset=utf-8");
    expect(items.json()).toMatchObject({ type: "FeatureCollection", numberReturned: expect.any(Number) });
  }
});

test("residents do not learn that there are events", async () => {
  const { identity } = await testIdentity();
  const app = await testApp({ identity });
  const { collections } = (await app.inject("/v1/ogc/collections")).json();
  expect(collections.map(({ id }: { id: string }) => id)).toEqual(["places", "vehicles"]);
  expect((await app.inject("/v1/ogc/collections/events")).statusCode).toBe(404);
});
