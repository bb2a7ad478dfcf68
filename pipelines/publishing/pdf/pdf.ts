import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";
import type { EpochMs } from "@yardline/domain/time";
import PDFDocument from "pdfkit";

/** DejaVu Sans has Ukrainian, Russian and English letters; only those that are used get into the file. */
const find = createRequire(import.meta.url).resolve;
const FONTS = {
  plain: find("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
  bold: find("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
} as const;

/** Points of 1/72 inch on an A4 sheet. */
export const MARGIN_PT = 48;

export type Pdf = PDFKit.PDFDocument;

/** Draws a document on A4 sheets. @returns the file. */
export async function drawPdf(
  {
    title,
    language,
    made_ms,
  }: { readonly title: string; readonly language: string; readonly made_ms: EpochMs },
  draw: (pdf: Pdf) => void,
): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    ...{ size: "A4", margin: MARGIN_PT, font: FONTS.plain, lang: language, displayTitle: true },
    info: { Title: title, Creator: "Yardline", CreationDate: new Date(made_ms) },
  });
  pdf.registerFont("plain", FONTS.plain).registerFont("bold", FONTS.bold);
  const whole = buffer(pdf);
  draw(pdf.font("plain"));
  pdf.end();
  return whole;
}
