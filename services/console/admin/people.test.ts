import { expect, test } from "vitest";
import type { Person } from "../api/types.ts";
import { byName, changeTo, RIGHTS, roleOf, toggled, withList } from "./people.ts";

const olena: Person = {
  login: "olena",
  name: "Олена",
  grants: [{ tenant: "verba", role: "dispatcher", cameras: ["yard"] }],
  locked: false,
  has_totp: true,
  outside: false,
  revision: 3,
};

test("only what is other is asked for: a password that was not typed stays", () => {
  const same = { name: "Олена", password: "", grants: olena.grants };
  expect(changeTo(olena, same)).toBeUndefined();
  expect(changeTo(olena, { ...same, name: "Олена К." })).toEqual({ name: "Олена К." });
  expect(changeTo(olena, { ...same, password: "long enough to be one" })).toEqual({
    password: "long enough to be one",
  });
  expect(changeTo(olena, { ...same, grants: [] })).toEqual({ grants: [] });
});

test("a list without names is no list: an empty one would take everything away", () => {
  const [grant] = olena.grants;
  if (!grant) throw new Error("no grant");
  expect(withList(grant, "cameras", [])).toEqual({ tenant: "verba", role: "dispatcher" });
  expect(withList(grant, "also", ["unmask"])).toEqual({ ...grant, also: ["unmask"] });
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled(undefined, "a")).toEqual(["a"]);
});

test("what a form sends is a role, or the one that may least", () => {
  expect(roleOf("planner")).toBe("planner");
  expect(roleOf("__proto__")).toBe("operator");
  expect(RIGHTS).toContain("unmask");
});

test("by name, the locked at the end", () => {
  const people = [
    { ...olena, login: "a", name: "Яна" },
    { ...olena, login: "b", name: "Ганна", locked: true },
    { ...olena, login: "c", name: "Іван" },
  ];
  expect(byName(people, "uk").map(({ login }) => login)).toEqual(["c", "a", "b"]);
});
