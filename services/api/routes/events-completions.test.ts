import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { memoryIndex } from "../testing/fakes.ts";
import { presence } from "../testing/scenes.ts";

const path = (q: string, language = "uk") =>
  `/v1/events/completions?${new URLSearchParams({ q, at: `${q.length}`, language })}`;

test("offers the names that this town knows", async () => {
  const events = [
    presence(0, { data: { zone: "Парк" } }),
    presence(5, { tenant: "neighbour", data: { zone: "пасіка" } }),
  ];
  const app = await testApp({ index: memoryIndex(events) });
  const options = async (q: string) => (await app.inject(path(q))).json().options;
  expect(await options("stop:")).toEqual([
    { text: "Ринок", kind: "value" },
    { text: "Вокзал", kind: "value" },
  ]);
  expect(await options("зона:па")).toEqual([{ text: "парк", kind: "value" }]);
  expect(await options("route:")).toEqual([{ text: "3", kind: "value" }]);
  expect(await options("camera:")).toEqual([{ text: "yard", kind: "value" }]);
  expect((await app.inject(path("label:person зуп"))).json()).toEqual({
    from: 13,
    to: 16,
    options: [{ text: "зупинка:", kind: "field" }],
  });
});

test("an index that is away takes only the zones with it", async () => {
  const histogram = () => Promise.reject(new AppError("INDEX_UNAVAILABLE", "Away.", { retryable: true }));
  const app = await testApp({ index: { ...memoryIndex(), histogram } });
  expect((await app.inject(path("zone:"))).json().options).toEqual([]);
  expect((await app.inject(path("stop:Р"))).json().options).toHaveLength(1);
});

test.for(["q=x", "at=1", "q=x&at=-1", "q=x&at=1&language=de"])("?%s is refused", async (query) => {
  const app = await testApp();
  expect((await app.inject(`/v1/events/completions?${query}`)).statusCode).toBe(400);
});
