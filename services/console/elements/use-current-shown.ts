import { type RefObject, useEffect, useRef } from "react";

/** For a row of links that scrolls sideways on a phone: brings the current one into sight. @param current changes when another one is. */
export function useCurrentShown(current: string): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = row.current?.querySelector('[aria-current="page"]');
    link?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return row;
}
