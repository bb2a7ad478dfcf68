import { isAllowed } from "@yardline/permission/decide";
import { RIGHTS, ROLES } from "@yardline/permission/rights";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LEVELS, mayAppoint, type Tenant, tenantsAbove, treeProblems } from "./tree.ts";

const tenant = (id: string, level: Tenant["level"], within?: string): Tenant => ({
  ...{ id, name: id, level },
  ...(within !== undefined && { within }),
});
const TREE = [
  tenant("box-company", "operator"),
  tenant("oblast", "region", "box-company"),
  tenant("kaminka", "hromada", "oblast"),
  tenant("lypivka", "hromada", "oblast"),
];

test("who is within whom", () => {
  expect(treeProblems(TREE)).toEqual([]);
  expect(TREE.map(({ id }) => tenantsAbove(TREE, id).join(" "))).toEqual([
    "",
    "box-company",
    "oblast box-company",
    "oblast box-company",
  ]);
});

test.for<[string, Tenant[], string]>([
  ["twice", [tenant("a", "region"), tenant("a", "region")], 'tenant "a" is there twice'],
  ["within nothing", [tenant("a", "hromada", "b")], 'tenant "a" is within "b", which is not there'],
  [
    "upside down",
    [tenant("a", "region", "b"), tenant("b", "hromada")],
    'tenant "a" is a region and cannot be within "b", a hromada',
  ],
  ["in itself", [tenant("a", "hromada", "a")], 'tenant "a" is a hromada and cannot be within "a", a hromada'],
])("a tree that cannot be meant: %s", ([, tree, message]) => {
  expect(treeProblems(tree)).toContainEqual({ at: 0 + Number(message.endsWith("twice")), message });
});

test.for([
  ["kaminka", { tenant: "kaminka", role: "dispatcher" }, true],
  ["oblast", { tenant: "kaminka", role: "administrator" }, true],
  ["oblast", { tenant: "kaminka", role: "dispatcher" }, false],
  ["oblast", { tenant: "kaminka", role: "administrator", also: ["archive"] }, false],
  ["kaminka", { tenant: "oblast", role: "administrator" }, false],
  ["kaminka", { tenant: "lypivka", role: "administrator" }, false],
] as const)("%s may give %j: %s", ([by, grant, may]) => {
  expect(mayAppoint(TREE, by, { ...grant, also: [...("also" in grant ? grant.also : [])] })).toBe(may);
});

const trees = fc
  .array(fc.tuple(fc.constantFrom(...LEVELS), fc.nat(7)), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    rows.map(([level, above], at) => {
      const within = rows[above]?.[0] !== undefined && LEVELS.indexOf(rows[above][0]) < LEVELS.indexOf(level);
      return tenant(`t${at}`, level, within ? `t${above}` : undefined);
    }),
  );

test("nothing crosses: in whatever tree, what somebody has in one tenant is nothing in any other, above, below or beside", () => {
  const grant = fc.record({ role: fc.constantFrom(...ROLES), also: fc.subarray([...RIGHTS]) });
  fc.assert(
    fc.property(
      trees,
      grant,
      fc.nat(7),
      fc.nat(7),
      fc.constantFrom(...RIGHTS),
      (tree, given, here, there, right) => {
        expect(treeProblems(tree)).toEqual([]);
        const [own, other] = [tree[here % tree.length]?.id ?? "", tree[there % tree.length]?.id ?? ""];
        const holder = { grants: [{ ...given, tenant: own }] };
        if (own !== other) expect(isAllowed(holder, { right, tenant: other })).toBe(false);
        // Whoever is appointed from above sees no picture.
        const from_above = { ...given, tenant: other };
        if (own !== other && mayAppoint(tree, own, from_above)) {
          expect(tenantsAbove(tree, other)).toContain(own);
          const seen = RIGHTS.filter((each) =>
            isAllowed({ grants: [from_above] }, { right: each, tenant: other }),
          );
          expect(seen).toEqual(["operate", "configure", "people"]);
        }
      },
    ),
  );
});
