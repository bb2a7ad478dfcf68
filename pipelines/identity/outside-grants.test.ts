import fc from "fast-check";
import { expect, test } from "vitest";
import { grantsOf, type OutsideRoles } from "./outside-grants.ts";

const ROLES: OutsideRoles = {
  claim: "groups",
  of: [
    { value: "dispatchers", role: "dispatcher", cameras: ["yard"] },
    { value: "planners", role: "planner", also: ["archive"] },
    { value: "it", role: "administrator" },
  ],
};

test.for<[string, Record<string, unknown>, string]>([
  ["one group", { groups: ["planners"] }, "planner"],
  ["two, in the settings' order", { groups: ["it", "dispatchers"] }, "dispatcher administrator"],
  ["a word by itself", { groups: "it" }, "administrator"],
  ["a group that nobody mapped", { groups: ["choir"] }, ""],
  ["another case", { groups: ["IT"] }, ""],
  ["words in one string", { groups: "it planners" }, ""],
  ["no groups", {}, ""],
  ["another claim", { roles: ["it"] }, ""],
  ["an object", { groups: { it: true } }, ""],
  ["numbers and nothing", { groups: [1, null, ["it"]] }, ""],
])("%s", ([, claims, roles]) => {
  expect(
    grantsOf(claims, ROLES, "town")
      .map(({ role }) => role)
      .join(" "),
  ).toBe(roles);
});

test("a grant is exactly what the settings say, within the town", () => {
  expect(grantsOf({ groups: ["dispatchers", "planners"] }, ROLES, "town")).toEqual([
    { tenant: "town", role: "dispatcher", cameras: ["yard"] },
    { tenant: "town", role: "planner", also: ["archive"] },
  ]);
});

test("a claim inside another, and one whose name is an address", () => {
  const inside = { realm_access: { roles: ["it"] } };
  const address = { "https://town.example/roles": ["it"] };
  const count = (claims: Record<string, unknown>, claim: string) =>
    grantsOf(claims, { ...ROLES, claim }, "town").length;
  expect(count(inside, "realm_access.roles")).toBe(1);
  expect(count(address, "https://town.example/roles")).toBe(1);
  expect(count({}, "constructor.name")).toBe(0);
  expect(count({}, "__proto__")).toBe(0);
});

test("whatever a provider says, nobody gets what is not in the settings", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (claims, groups) => {
      const given = grantsOf({ ...claims, groups }, ROLES, "town");
      const all = grantsOf({ groups: ROLES.of.map(({ value }) => value) }, ROLES, "town");
      expect(all).toEqual(expect.arrayContaining(given));
    }),
  );
});
