import type { EpochMs } from "@yardline/domain/time";
import type { Language } from "@yardline/events/event-type";
import {
  registerUrl,
  SIGN_HEADING,
  SIGN_MORE,
  SIGN_VERSION,
  type SignFacts,
  signLines,
  signVersion,
} from "@yardline/privacy/sign";
import { encode } from "uqr";
import { drawPdf, MARGIN_PT, type Pdf } from "./pdf.ts";

const QR_PT = 130;
const SYMBOL_PT = 96;

/** A sign for the gate on one A4 sheet: a camera, what article 13 wants at first sight, and a QR code that leads to the register. */
export async function signPdf(
  facts: SignFacts,
  {
    language,
    name,
    made_ms,
  }: { readonly language: Language; readonly name: string; readonly made_ms: EpochMs },
): Promise<Uint8Array> {
  const heading = SIGN_HEADING[language];
  return drawPdf({ title: `${heading}: ${name}`, language, made_ms }, (pdf) => {
    const width = pdf.page.width - 2 * MARGIN_PT;
    drawCamera(pdf, (pdf.page.width - SYMBOL_PT) / 2, MARGIN_PT);
    pdf
      .font("bold")
      .fontSize(28)
      .text(heading, MARGIN_PT, MARGIN_PT + SYMBOL_PT + 12, { width, align: "center" });
    pdf.font("plain").fontSize(14).text(name, { width, align: "center" }).moveDown(1);
    for (const line of signLines(facts, language)) {
      pdf.font("bold").fontSize(12).text(line.name, { width });
      pdf.font("plain").fontSize(14).text(line.text, { width }).moveDown(0.5);
    }
    drawFoot(pdf, facts, language);
  });
}

function drawFoot(pdf: Pdf, facts: SignFacts, language: Language): void {
  const { height, width } = pdf.page;
  const top = height - MARGIN_PT - QR_PT - 16;
  const url = facts.site === undefined ? undefined : registerUrl(facts.site, facts.camera);
  if (url !== undefined) {
    drawQr(pdf, url, width - MARGIN_PT - QR_PT, top);
    const text = { width: width - 2 * MARGIN_PT - QR_PT - 16, lineBreak: true };
    pdf
      .font("bold")
      .fontSize(12)
      .text(SIGN_MORE[language], MARGIN_PT, top + QR_PT - 44, text);
    pdf
      .font("plain")
      .fontSize(10)
      .text(url, { ...text, link: url });
  }
  pdf
    .font("plain")
    .fontSize(8)
    .text(`${SIGN_VERSION[language]} ${signVersion(facts)}`, MARGIN_PT, height - MARGIN_PT - 12, {
      lineBreak: false,
    });
}

function drawQr(pdf: Pdf, text: string, left: number, top: number): void {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const side = QR_PT / size;
  for (const [row, cells] of data.entries()) {
    for (const [column, dark] of cells.entries()) {
      // A hair wider than a cell: no white lines between them on any printer.
      if (dark) pdf.rect(left + column * side, top + row * side, side + 0.1, side + 0.1);
    }
  }
  pdf.fill("black");
}

/** As ISO 7010 draws things: white on blue. */
function drawCamera(pdf: Pdf, left: number, top: number): void {
  pdf.roundedRect(left, top, SYMBOL_PT, SYMBOL_PT, 10).fill("#0b4a8f");
  pdf.roundedRect(left + 18, top + 32, 42, 30, 4).fill("white");
  pdf
    .polygon([left + 63, top + 42], [left + 80, top + 34], [left + 80, top + 60], [left + 63, top + 52])
    .fill("white");
  pdf
    .rect(left + 34, top + 62, 8, 12)
    .rect(left + 24, top + 74, 28, 5)
    .fill("white");
  pdf.fillColor("black");
}
