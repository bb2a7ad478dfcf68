import { expect, test } from "vitest";
import { readTownConfig } from "./config.ts";
import { treeOf } from "./tenant-settings.ts";

const region = (tenants: string) => `
town: { name: Oblast, tenant: oblast }
tenants: ${tenants}
`;

test("a region's tenants stand below it", () => {
  const { town, tenants = [] } = readTownConfig(
    region("[{ id: kaminka, name: Кам'янка, timezone: Europe/Kyiv }, { id: lypivka, name: Липівка }]"),
    "town.yaml",
  );
  expect(treeOf(town, tenants).map(({ id, level, within }) => `${level} ${id} ${within ?? ""}`)).toEqual([
    "region oblast ",
    "hromada kaminka oblast",
    "hromada lypivka oblast",
  ]);
});

test.for<[string, string]>([
  ["[{ id: oblast, name: Again }]", 'tenant "oblast" is there twice'],
  ["[{ id: kaminka, name: K, within: nowhere }]", 'tenant "kaminka" is within "nowhere", which is not there'],
  ["[{ id: kaminka, name: K, timezone: Kyiv }]", 'tenant "kaminka": there is no time zone "Kyiv"'],
])("refused: %s", ([tenants, why]) => {
  expect(() => readTownConfig(region(tenants), "town.yaml")).toThrow(why);
});
