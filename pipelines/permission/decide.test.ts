import fc from "fast-check";
import { expect, test } from "vitest";
import { type Asked, isAllowed, NOBODY, reachOf } from "./decide.ts";
import type { Grant } from "./grant.ts";
import { RIGHTS, ROLES } from "./rights.ts";

const YARD = { id: "yard", district: "centre" };
const GATE = { id: "gate", district: "north" };
const may = (grants: readonly Grant[], asked: Asked) => isAllowed({ grants }, asked);
const grant = (over: Partial<Grant> = {}): Grant => ({ tenant: "town", role: "dispatcher", ...over });

test("each role has what its duty needs, and nothing else", () => {
  const table = ROLES.map((role) => [
    role,
    RIGHTS.filter((right) => may([grant({ role })], { right, tenant: "town" })).join(" "),
  ]);
  expect(Object.fromEntries(table)).toEqual({
    dispatcher: "live archive export transit dispatch",
    planner: "transit",
    administrator: "operate configure people",
    "privacy-officer": "audit",
    operator: "operate",
  });
});

test.for<[string, readonly Grant[], string]>([
  ["nobody", [], ""],
  ["all of a town's", [grant()], "yard gate"],
  ["another town's", [grant({ tenant: "other" })], ""],
  ["one camera", [grant({ cameras: ["yard"] })], "yard"],
  ["one district", [grant({ districts: ["north"] })], "gate"],
  ["a camera and a district", [grant({ cameras: ["yard"], districts: ["north"] })], "yard gate"],
  ["none of them", [grant({ cameras: [] })], ""],
  ["two grants, together", [grant({ cameras: ["yard"] }), grant({ cameras: ["gate"] })], "yard gate"],
  ["a role without pictures", [grant({ role: "administrator" })], ""],
  ["a right given by name", [grant({ role: "planner", also: ["archive"], cameras: ["gate"] })], "gate"],
])("whose recordings: %s", ([, grants, cameras]) => {
  const theirs = [YARD, GATE].filter((camera) => may(grants, { right: "archive", tenant: "town", camera }));
  expect(theirs.map(({ id }) => id).join(" ")).toBe(cameras);
});

test("a camera of no district is in none", () => {
  const asked = { right: "live", tenant: "town", camera: { id: "pole" } } as const;
  expect(may([grant({ districts: ["undefined"] })], asked)).toBe(false);
});

const OSBB = { id: "osbb-7", name: "OSBB 7", gives: ["live-on-alarm", "archive-on-request"] } as const;
const HALL = { id: "hall", district: "centre", partner: { ...OSBB, until: "2026-12-01T00:00:00Z" } };
const NOON_MS = Date.parse("2026-11-22T12:00:00Z");
const NOW = { now_ms: NOON_MS };
const INCIDENT = { ...NOW, incident: true };
const ALARM = { ...NOW, alarm: true };

test.for<[string, Grant, Asked["right"], Asked["occasion"], boolean]>([
  ["all of the town's, for nothing", grant(), "archive", NOW, false],
  ["not even who was told nothing of an occasion", grant(), "archive", undefined, false],
  ["for an open incident", grant(), "archive", INCIDENT, true],
  ["an alarm is no incident", grant(), "archive", ALARM, false],
  ["live, while an alarm stands", grant(), "live", ALARM, true],
  ["live, because of an incident", grant(), "live", INCIDENT, false],
  ["a copy, which the agreement does not give", grant(), "export", INCIDENT, false],
  ["once it has ended", grant(), "archive", { ...INCIDENT, now_ms: Date.parse(HALL.partner.until) }, false],
  ["of another district of the town", grant({ districts: ["north"] }), "archive", INCIDENT, false],
  ["of its district", grant({ districts: ["centre"] }), "archive", INCIDENT, true],
  ["the partner's own people, always", grant({ partner: "osbb-7" }), "archive", undefined, true],
  [
    "theirs, narrowed to another camera",
    grant({ partner: "osbb-7", cameras: ["door"] }),
    "archive",
    INCIDENT,
    false,
  ],
  ["another partner's", grant({ partner: "shop" }), "archive", INCIDENT, false],
  ["how the box is, which the town runs", grant({ role: "operator" }), "operate", undefined, true],
])("a partner's camera: %s", ([, one, right, occasion, may_it]) => {
  expect(may([one], { right, tenant: "town", camera: HALL, ...(occasion && { occasion }) })).toBe(may_it);
});

test("a partner's people get pictures of the partner's cameras and nothing of the town's", () => {
  const theirs = [grant({ partner: "osbb-7", also: [...RIGHTS] })];
  expect(
    RIGHTS.filter((right) => may(theirs, { right, tenant: "town", camera: YARD, occasion: INCIDENT })),
  ).toEqual([]);
  expect(RIGHTS.filter((right) => may(theirs, { right, tenant: "town" }))).toEqual([
    "live",
    "archive",
    "export",
    "unmask",
  ]);
});

const grants = fc.array(
  fc.record(
    {
      tenant: fc.constantFrom("town", "other"),
      role: fc.constantFrom(...ROLES),
      also: fc.subarray([...RIGHTS]),
      cameras: fc.subarray(["yard", "gate"]),
      districts: fc.subarray(["centre", "north"]),
      partner: fc.constantFrom("osbb-7", "shop"),
    },
    { requiredKeys: ["tenant", "role"] },
  ),
  { maxLength: 4 },
);

test("a grant more never takes anything away, and one tenant's gives nothing in another", () => {
  const asked = fc.record({
    right: fc.constantFrom(...RIGHTS),
    tenant: fc.constantFrom("town", "other"),
    camera: fc.constantFrom(YARD, GATE, HALL),
    occasion: fc.constantFrom(NOW, ALARM, INCIDENT),
  });
  fc.assert(
    fc.property(grants, grants, asked, (some, more, one) => {
      if (may(some, one)) expect(may([...some, ...more], one)).toBe(true);
      const own = some.filter(({ tenant }) => tenant === one.tenant);
      expect(may(some, one)).toBe(may(own, one));
      expect(may(some, one)).toBe(own.some((each) => may([each], one)));
      expect(may(some, one) && reachOf({ grants: some }, one.right, one.tenant) === undefined).toBe(false);
    }),
  );
});

test("a token made for less than its owner may gives no more than it was made for, nor more than the owner has now", () => {
  const asked = { right: "archive", tenant: "town", camera: YARD } as const;
  expect(isAllowed({ grants: [grant()], only: ["archive"] }, asked)).toBe(true);
  expect(isAllowed({ grants: [grant()], only: ["live"] }, asked)).toBe(false);
  expect(isAllowed({ grants: [], only: ["archive"] }, asked)).toBe(false);
  expect(isAllowed(NOBODY, asked)).toBe(false);
});
