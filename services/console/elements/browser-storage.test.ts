import { afterEach, expect, test, vi } from "vitest";
import { browserStorage } from "./browser-storage.ts";

afterEach(() => vi.unstubAllGlobals());

test("what is kept is there again; a browser that forbids keeping, even by its name alone, breaks nothing", () => {
  const names = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => names.get(key) ?? null,
    setItem: (key: string, text: string) => void names.set(key, text),
  });
  browserStorage.setItem("stop", "market");
  expect(browserStorage.getItem("stop")).toBe("market");
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new Error("SecurityError");
    },
  });
  expect(() => browserStorage.setItem("stop", "elsewhere")).not.toThrow();
  expect(browserStorage.getItem("stop")).toBe(null);
});
