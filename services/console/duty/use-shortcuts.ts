import { useCallback, useEffect, useRef, useState } from "react";
import { browserStorage } from "../elements/browser-storage.ts";
import { type Does, findShortcut, type Where } from "./shortcuts.ts";

const KEPT = "yardline.keys-off";

/** What each key does here; a key that is not here does nothing. */
type Handlers = Partial<Readonly<Record<Does, () => void>>>;

/** Keys of one letter, unless somebody turned them off: who speaks to their computer, or whose hand trembles, presses them without wanting to. */
export function useShortcuts(handlers: Handlers): { readonly on: boolean; turn(on: boolean): void } {
  const [on, setOn] = useState(() => browserStorage.getItem(KEPT) !== "1");
  const newest = useRef(handlers);
  newest.current = handlers;
  useEffect(() => {
    if (!on) return;
    const onKey = (event: KeyboardEvent) => {
      const does = findShortcut(event, whereOf(event.target));
      const handle = does && newest.current[does];
      if (!handle) return;
      event.preventDefault();
      handle();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [on]);
  const turn = useCallback((to: boolean) => {
    setOn(to);
    browserStorage.setItem(KEPT, to ? "0" : "1");
  }, []);
  return { on, turn };
}

/** A dialog lies over everything: what is under it does nothing. */
function whereOf(target: EventTarget | null): Where {
  if (document.querySelector("dialog[open]")) return "form";
  if (!(target instanceof HTMLElement)) return "page";
  if (target.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return "form";
  return target.closest("button, summary, video, input, [role=slider]") ? "control" : "page";
}
