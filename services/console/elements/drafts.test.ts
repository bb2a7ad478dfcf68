import { expect, test } from "vitest";
import { createDrafts } from "./drafts.ts";

function device() {
  const kept = new Map<string, string>();
  const state = { now_ms: 1_000, ids: 0 };
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
  const open = (where: typeof store | undefined = store) =>
    createDrafts(
      where,
      () => state.now_ms,
      () => `id-${++state.ids}`,
    );
  return { kept, state, store, open };
}

test("what was written is there again when the page is opened again, until it is sent", () => {
  const { open, kept } = device();
  open().write("note/1", "Two boys by the fence.");
  const again = open();
  expect(again.find("note/1")).toEqual({ text: "Two boys by the fence.", once: "id-1", at_ms: 1_000 });
  again.drop("note/1");
  expect([open().find("note/1"), kept.size]).toEqual([undefined, 0]);
});

test("the same text keeps its name, so that it is not kept twice; another one has another", () => {
  const drafts = device().open();
  const names = ["a", "a", "ab"].map((text) => drafts.write("n", text)?.once);
  expect(names).toEqual(["id-1", "id-1", "id-2"]);
  expect(drafts.write("n", "  ")).toBeUndefined();
  expect(drafts.find("n")).toBeUndefined();
});

test("what nobody came back to in a week is forgotten, and so is what cannot be read", () => {
  const { open, state, kept } = device();
  open().write("old", "who was it");
  kept.set("yardline.draft.broken", "{");
  kept.set("yardline.language", "uk");
  state.now_ms += 7 * 86_400_000;
  expect([open().find("old"), open().find("broken"), [...kept.keys()]]).toEqual([
    undefined,
    undefined,
    ["yardline.language"],
  ]);
});

test("a browser that keeps nothing keeps it while the page is open", () => {
  const { store, open } = device();
  const refuses = () => {
    throw new DOMException("no");
  };
  const drafts = open({ ...store, setItem: refuses, removeItem: refuses });
  drafts.write("n", "text");
  expect(drafts.find("n")?.text).toBe("text");
  drafts.drop("n");
  expect(drafts.find("n")).toBeUndefined();
});
