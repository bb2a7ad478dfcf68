import type { Box } from "./region.ts";

export type Cover = "solid" | "mosaic";

/** The same as where the copy is made: so few cells that nobody is recognised by them, in so many greys. */
const ROWS = 8;
const GREYS = 16;
const GREY = "#606060";
const SHADE = "rgb(0 0 0 / 0.5)";

/** Draws a picture as it will leave: everything covered but what is open. */
export function paintCover(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  cover: Cover,
  open: readonly Box[],
): void {
  const { width, height } = context.canvas;
  if (cover === "solid") {
    context.fillStyle = GREY;
    context.fillRect(0, 0, width, height);
  } else {
    paintMosaic(context, picture);
  }
  paintOpen(context, picture, open);
}

/** Draws a picture for whoever decides what is opened: what will be covered is dark, and yet seen. */
export function paintSource(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  open: readonly Box[],
): void {
  const { width, height } = context.canvas;
  context.drawImage(picture, 0, 0, width, height);
  context.fillStyle = SHADE;
  context.fillRect(0, 0, width, height);
  paintOpen(context, picture, open);
}

function paintOpen(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  open: readonly Box[],
): void {
  const { width, height } = context.canvas;
  for (const [left, top, right, bottom] of open) {
    context.save();
    context.beginPath();
    context.rect(left * width, top * height, (right - left) * width, (bottom - top) * height);
    context.clip();
    context.drawImage(picture, 0, 0, width, height);
    context.restore();
  }
}

function paintMosaic(context: CanvasRenderingContext2D, picture: CanvasImageSource): void {
  const { width, height } = context.canvas;
  const side_px = Math.ceil(height / ROWS);
  const columns = Math.ceil(width / side_px);
  // The picture itself, made small: each of its pixels is a cell's mean.
  context.imageSmoothingEnabled = true;
  context.drawImage(picture, 0, 0, width / side_px, height / side_px);
  const cells = context.getImageData(0, 0, columns, ROWS).data;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < columns; column++) {
      context.fillStyle = greyOf(cells, 4 * (row * columns + column));
      context.fillRect(column * side_px, row * side_px, side_px, side_px);
    }
  }
}

function greyOf(cells: Uint8ClampedArray, at: number): string {
  const [red = 0, green = 0, blue = 0] = cells.subarray(at, at + 3);
  const step = 256 / GREYS;
  const grey = Math.floor((0.299 * red + 0.587 * green + 0.114 * blue) / step) * step + step / 2;
  return `rgb(${grey} ${grey} ${grey})`;
}
