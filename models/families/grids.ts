import type { Letterbox } from "@yardline/frames/letterbox";

type Grid = { readonly stride_px: number; readonly columns: number; readonly rows: number };

/** The grids that a network lays over its input, one for each stride (input pixels for a cell). */
export function gridsOf(letterbox: Letterbox, strides_px: readonly number[]): readonly Grid[] {
  return strides_px.map((stride_px) => ({
    stride_px,
    columns: Math.ceil(letterbox.input_width_px / stride_px),
    rows: Math.ceil(letterbox.input_height_px / stride_px),
  }));
}

export function cellsOf(grids: readonly Grid[]): number {
  return grids.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
}

/** Visits all cells as they follow one another in the output: grid by grid, row by row. */
export function eachCell(
  grids: readonly Grid[],
  visit: (nth: number, column: number, row: number, stride_px: number) => void,
): void {
  let nth = 0;
  for (const { stride_px, columns, rows } of grids) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) visit(nth++, column, row, stride_px);
    }
  }
}
