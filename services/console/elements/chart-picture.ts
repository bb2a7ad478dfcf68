import type { ChartSeries } from "./chart-data.ts";

const MARGIN_PX = 16;
const LINE_PX = 22;

/** Saves a drawing with its name over it and its legend below, as a person would put it into a paper. */
export async function saveChart(
  drawing: HTMLCanvasElement,
  name: string,
  series: readonly Pick<ChartSeries, "name" | "tone">[] = [],
): Promise<void> {
  const blob = await pictureOf(drawing, name, series);
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replaceAll(/[\\/:*?"<>|\s]+/g, "-").slice(0, 80)}.png`;
  link.click();
  URL.revokeObjectURL(url);
}

async function pictureOf(
  drawing: HTMLCanvasElement,
  name: string,
  series: readonly Pick<ChartSeries, "name" | "tone">[],
): Promise<Blob> {
  const scale = devicePixelRatio;
  const styles = getComputedStyle(drawing);
  const token = (each: string) => styles.getPropertyValue(each).trim();
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width + 2 * MARGIN_PX * scale;
  canvas.height = drawing.height + (2 * MARGIN_PX + LINE_PX * (1 + Math.min(1, series.length))) * scale;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gives no canvas to draw on.");
  context.fillStyle = token("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, MARGIN_PX * scale, (MARGIN_PX + LINE_PX) * scale);
  context.scale(scale, scale);
  context.textBaseline = "middle";
  context.fillStyle = token("--ink");
  context.font = `600 15px ${styles.fontFamily}`;
  context.fillText(name, MARGIN_PX, MARGIN_PX + LINE_PX / 3);
  context.font = `13px ${styles.fontFamily}`;
  const y_px = canvas.height / scale - MARGIN_PX - LINE_PX / 3;
  let x_px = MARGIN_PX;
  for (const each of series) {
    context.fillStyle = token(`--series-${each.tone}`);
    context.fillRect(x_px, y_px - 6, 12, 12);
    context.fillStyle = token("--ink");
    context.fillText(each.name, x_px + 18, y_px);
    x_px += 18 + context.measureText(each.name).width + MARGIN_PX;
  }
  return new Promise((done, fail) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error("The browser drew no picture."))),
      "image/png",
    ),
  );
}
