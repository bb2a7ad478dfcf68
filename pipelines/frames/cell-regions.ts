import type { Box } from "@yardline/domain/box";

/** How many cells a picture has across and down. */
export type Grid = { readonly columns: number; readonly rows: number };

/** Groups of touching cells (diagonally too), those of at least `cells_min`. */
export function regionsOf(cells: readonly number[], grid: Grid, cells_min: number): number[][] {
  const waiting = new Set(cells);
  const regions: number[][] = [];
  for (const start of cells) {
    if (!waiting.delete(start)) continue;
    const region = [start];
    for (let next = 0; next < region.length; next++) {
      for (const near of aroundOf(region[next] ?? start, grid)) {
        if (waiting.delete(near)) region.push(near);
      }
    }
    if (region.length >= cells_min) regions.push(region);
  }
  return regions;
}

/** A cell and its neighbours up to so many cells away, diagonally too. */
export function aroundOf(cell: number, { columns, rows }: Grid, reach = 1): readonly number[] {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const near: number[] = [];
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
    for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x++)
      near.push(y * columns + x);
  }
  return near;
}

/** The smallest box around these cells. */
export function boxOf(cells: readonly number[], grid: Grid): Box {
  const { left, top, right, bottom } = boundsOf(cells, grid);
  const { columns, rows } = grid;
  return { left: left / columns, top: top / rows, right: right / columns, bottom: bottom / rows };
}

/** The same, in cells. */
export function boundsOf(cells: readonly number[], { columns, rows }: Grid): Box {
  let [left, top, right, bottom] = [columns, rows, 0, 0];
  for (const cell of cells) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
  }
  return { left, top, right, bottom };
}

/** Whether a cell's middle lies in a box, or beside it by no more than that share of the box's size. */
export function covers(box: Box, cell: number, { columns, rows }: Grid, margin: number): boolean {
  const [x, y] = [((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows];
  const [across, down] = [(box.right - box.left) * margin, (box.bottom - box.top) * margin];
  return x >= box.left - across && x <= box.right + across && y >= box.top - down && y <= box.bottom + down;
}
