import { type RefObject, useEffect, useRef } from "react";

/**
 * Scrolls a list, and nothing around it, until its chosen row is seen: whoever chooses on the map or in the diagram finds it there.
 * @param chosen which row it is; another one is scrolled to anew.
 */
export function useRevealed<List extends HTMLElement, Row extends HTMLElement>(
  chosen: string,
): { readonly list: RefObject<List | null>; readonly row: RefObject<Row | null> } {
  const list = useRef<List>(null);
  const row = useRef<Row>(null);
  // The row itself is another element for another choice.
  useEffect(() => {
    if (!list.current || !row.current) return;
    const [room, own] = [list.current.getBoundingClientRect(), row.current.getBoundingClientRect()];
    const above_px = own.top - room.top;
    const below_px = Math.min(own.bottom - room.bottom, above_px);
    if (above_px < 0) list.current.scrollTop += above_px;
    else if (below_px > 0) list.current.scrollTop += below_px;
  }, [chosen]);
  return { list, row };
}
