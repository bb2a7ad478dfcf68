import { AppError } from "@yardline/domain/errors";
import type { SectionChange, SectionSettingsView, SectionState } from "../settings-parts.ts";
import { NOON_MS } from "./scenes.ts";

/** Sections in memory that count their changes; the file owns `recordings`. A value with a `wrong` field is refused there. */
export function memorySections(): SectionSettingsView {
  const kept = new Map<string, SectionState>([
    ["recordings", stateOf({ id: "recordings", owner: { by: "file", name: "town.yaml" } })],
    ["webhooks", stateOf({ id: "webhooks" })],
    ["town", stateOf({ id: "town", applies: "restart" })],
  ]);

  function current({ id, seen }: Pick<SectionChange, "id" | "seen">): SectionState {
    const found = kept.get(id);
    if (!found) throw new AppError("SETTINGS_UNKNOWN", "There are no such settings");
    if (found.owner.by !== "pages") throw new AppError("SETTINGS_OWNED", "The file owns them");
    if (found.revision === seen) return found;
    throw new AppError("SETTINGS_CHANGED", `${found.by} changed it meanwhile; read it again`);
  }

  return {
    list: async () => [...kept.values()],
    find: async (id) => kept.get(id),
    async write({ value, by, ...change }) {
      const found = current(change);
      if (Object.hasOwn(Object(value), "wrong")) return { problems: [{ at: "/wrong", message: "is wrong" }] };
      const written = { ...found, value, by, at_ms: NOON_MS, revision: found.revision + 1 };
      kept.set(found.id, written);
      return { written };
    },
    async remove(change) {
      const { id, owner, applies } = current(change);
      kept.set(id, stateOf({ id, owner, applies }));
    },
  };
}

function stateOf(known: Pick<SectionState, "id"> & Partial<SectionState>): SectionState {
  return { owner: { by: "pages" }, applies: "at-once", waits: false, revision: 0, ...known };
}
