/** Every row of the list is as high: then any of a hundred thousand is found by counting. As in `search.css`. */
export const ROW_PX = 88;
/** Browsers draw nothing beyond some 17 million pixels. */
export const ROWS_MAX = 150_000;
/** Rows drawn beyond those that are seen, for whoever scrolls with the keys. */
const BEYOND = 6;

/** The rows to draw: to exclusive. */
export type Rows = { readonly from: number; readonly to: number };

export function rowsIn(scroll_px: number, height_px: number, total: number): Rows {
  const rows = Math.min(total, ROWS_MAX);
  const first = Math.floor(scroll_px / ROW_PX);
  const last = Math.ceil((scroll_px + height_px) / ROW_PX);
  return { from: Math.max(0, Math.min(first - BEYOND, rows)), to: Math.min(rows, last + BEYOND) };
}

/** Where a row has to be scrolled to, so that it is wholly seen; undefined when it is. */
export function scrollTo(row: number, scroll_px: number, height_px: number): number | undefined {
  const top_px = row * ROW_PX;
  if (top_px < scroll_px) return top_px;
  const bottom_px = top_px + ROW_PX;
  return bottom_px > scroll_px + height_px ? bottom_px - height_px : undefined;
}

const PAGE_ROWS = 8;
const STEPS: Readonly<Record<string, (row: number, total: number) => number>> = {
  ArrowDown: (row) => row + 1,
  j: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  k: (row) => row - 1,
  PageDown: (row) => row + PAGE_ROWS,
  PageUp: (row) => row - PAGE_ROWS,
  Home: () => 0,
  End: (_, total) => total - 1,
};

/** The row that a key goes to; undefined for any other key. */
export function rowAfter(key: string, row: number, total: number): number | undefined {
  const rows = Math.min(total, ROWS_MAX);
  const next = STEPS[key]?.(row, rows);
  return next === undefined ? undefined : Math.max(0, Math.min(rows - 1, next));
}
