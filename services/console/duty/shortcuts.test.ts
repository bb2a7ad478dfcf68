import { expect, test } from "vitest";
import { findShortcut, SHORTCUTS } from "./shortcuts.ts";

const press = (code: string, change: Partial<Parameters<typeof findShortcut>[0]> = {}) => ({
  ...{ code, key: "", ctrlKey: false, altKey: false, metaKey: false, shiftKey: false },
  ...{ repeat: false, defaultPrevented: false, isComposing: false, ...change },
});

test("every key asks for what the help says, in any alphabet", () => {
  for (const { code, does, sign } of SHORTCUTS) {
    const key = sign === "?" ? { key: "?", shiftKey: true } : { key: "о" };
    expect(findShortcut(press(code, key), "page")).toBe(does);
  }
  expect(new Set(SHORTCUTS.map(({ code }) => code)).size).toBe(SHORTCUTS.length);
});

test("the question mark is asked for wherever a keyboard has it", () => {
  expect(findShortcut(press("Digit7", { key: "?", shiftKey: true }), "control")).toBe("help");
  expect(findShortcut(press("Slash", { key: "/" }), "page")).toBeUndefined();
});

test("nothing happens while somebody types, or with a key of the browser's", () => {
  expect(findShortcut(press("KeyC"), "form")).toBeUndefined();
  expect(findShortcut(press("Slash", { key: "?" }), "form")).toBeUndefined();
  for (const held of ["ctrlKey", "altKey", "metaKey", "shiftKey", "defaultPrevented", "isComposing"]) {
    expect([held, findShortcut(press("KeyC", { [held]: true }), "page")]).toEqual([held, undefined]);
  }
});

test("the space bar presses what it stands on, and plays everywhere else", () => {
  expect([findShortcut(press("Space"), "control"), findShortcut(press("Space"), "page")]).toEqual([
    undefined,
    "play",
  ]);
});

test("a key that is held down goes through the list, and claims nothing twice", () => {
  const held = { repeat: true };
  expect(findShortcut(press("KeyJ", held), "page")).toBe("next");
  expect(findShortcut(press("KeyC", held), "page")).toBeUndefined();
});
