import { expect, test } from "vitest";
import { readTownConfig } from "./config.ts";

const TOWN = "town: { name: Town, tenant: town }\n";

test.for([
  { what: "a tag that builds a function", yaml: "port: !!js/function 'function () { return 1 }'" },
  { what: "a tag of another language", yaml: "port: !!python/object/apply:os.system ['true']" },
  { what: "a name of JavaScript's own", yaml: "__proto__: { admin: true }" },
  { what: "the same name twice", yaml: "port: 8080\nport: 8081" },
  { what: "merged keys", yaml: "base: &base { port: 1 }\n<<: *base" },
])("$what is refused, and changes nothing", ({ yaml }) => {
  expect(() => readTownConfig(TOWN + yaml, "town.yaml")).toThrow(/town\.yaml has/);
  expect("admin" in {}).toBe(false);
});

test("aliases that grow are refused before they have grown", () => {
  const rows = Array.from({ length: 12 }, (_, at) => {
    const below = at === 0 ? '"x"' : `*a${at - 1}`;
    return `a${at}: &a${at} [${Array(10).fill(below).join(", ")}]`;
  });
  const before = process.memoryUsage().heapUsed;
  expect(() => readTownConfig(`${TOWN}${rows.join("\n")}`, "town.yaml")).toThrow();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
});
