import { NOBODY } from "@yardline/permission/decide";
import type { Grant } from "@yardline/permission/grant";
import { expect, test } from "vitest";
import type { Incident } from "./incident.ts";
import { maySeeIncident, seesAllOf } from "./reach.ts";
import { refOf } from "./testing.ts";

/** Until when the housing association's agreement holds. */
const UNTIL = "2026-12-01T00:00:00.000Z";
const KNOWN = {
  tenant: "town",
  cameras: [
    { id: "yard", district: "centre" },
    { id: "gate", district: "north" },
    { id: "pole" },
    {
      id: "hall",
      district: "north",
      partner: { id: "osbb", name: "OSBB", gives: ["live-on-alarm" as const], until: UNTIL },
    },
    { id: "shop", partner: { id: "shop", name: "Shop", gives: [] } },
  ],
};
const grant = (over: Partial<Grant> = {}): Grant => ({ tenant: "town", role: "dispatcher", ...over });
const PEOPLE: Readonly<Record<string, readonly Grant[]>> = {
  town: [grant()],
  yard: [grant({ cameras: ["yard"] })],
  north: [grant({ districts: ["north"] })],
  planner: [grant({ role: "planner" })],
  osbb: [grant({ partner: "osbb" })],
  administrator: [grant({ role: "administrator" })],
  other: [grant({ tenant: "other" })],
};
const asker = (login: string) => ({ login, grants: PEOPLE[login] ?? [] });
const GATE = refOf(1, { source: "camera/gate" });
const HALL = refOf(4, { source: "camera/hall" });
const BUS = refOf(2, { source: "feed/town", type: "transit.missed-trip" });
const REPORT = refOf(3, { source: "reports/open311" });

function seenBy(over: Partial<Incident>): string {
  const opened_at = "2026-11-22T12:00:00.000Z";
  const about = { tenant: "town", cameras: [], events: [], opened_by: "olena", opened_at, ...over };
  return Object.keys(PEOPLE)
    .filter((login) => maySeeIncident(about, asker(login), KNOWN))
    .join(" ");
}

test.for<[string, Partial<Incident>, string]>([
  ["one yard", { cameras: ["yard"] }, "town yard"],
  ["another yard", { cameras: ["gate"] }, "town north"],
  ["an event of a yard", { events: [refOf(0)] }, "town yard"],
  ["both yards", { cameras: ["yard"], events: [GATE] }, "town"],
  ["a bus", { events: [BUS] }, "town yard north planner"],
  ["a bus that a camera saw too", { events: [BUS], cameras: ["gate"] }, "town north"],
  ["a report of no camera", { events: [REPORT] }, "town"],
  ["a camera that is there no more", { cameras: ["gone"] }, "town"],
  ["a partner's camera", { cameras: ["hall"] }, "town north osbb"],
  ["a partner's alarm", { events: [HALL] }, "town north osbb"],
  ["a partner's camera and the town's own", { cameras: ["hall", "gate"] }, "town north"],
  ["a partner's camera, since its agreement ended", { cameras: ["hall"], opened_at: UNTIL }, "osbb"],
  ["a partner's camera, whose agreement gives nothing", { cameras: ["shop"] }, ""],
  ["nothing", {}, "town"],
  ["nothing, by whoever opened it", { opened_by: "yard" }, "town yard"],
  ["another yard, by whoever opened it", { opened_by: "yard", cameras: ["gate"] }, "town north"],
  ["another tenant's", { tenant: "other", cameras: ["yard"] }, ""],
])("about %s", ([, about, seen]) => {
  expect(seenBy(about)).toBe(seen);
});

test("nobody, and a token that was made for less, know of none", () => {
  const about = { tenant: "town", cameras: ["yard"], events: [], opened_by: "town", opened_at: UNTIL };
  expect(maySeeIncident(about, { ...NOBODY, login: "town" }, KNOWN)).toBe(false);
  expect(maySeeIncident(about, { ...asker("town"), only: ["dispatch"] }, KNOWN)).toBe(false);
});

test.for([
  ["town", "yard", true],
  ["yard", "town", false],
  ["yard", "yard", true],
  ["yard", "north", false],
  ["yard", "planner", true],
  ["planner", "planner", false],
] as const)("whether %s sees all that %s does: %s", ([login, other, is]) => {
  expect(seesAllOf(asker(login), asker(other), KNOWN)).toBe(is);
});
