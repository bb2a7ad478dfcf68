import type { EpochMs } from "@yardline/domain/time";
import type { Language } from "@yardline/events/event-type";
import type { PlainDocument, Table } from "@yardline/privacy/document";
import { drawPdf, type Pdf } from "./pdf.ts";

/** A document on A4 sheets: headings, what is said, tables row after row. */
export async function documentPdf(
  { title, parts }: PlainDocument,
  { language, made_ms }: { readonly language: Language; readonly made_ms: EpochMs },
): Promise<Uint8Array> {
  return drawPdf({ title, language, made_ms }, (pdf) => {
    pdf.font("bold").fontSize(18).text(title).moveDown();
    for (const { heading, text = [], table } of parts) {
      pdf.font("bold").fontSize(13).text(heading).moveDown(0.3).font("plain").fontSize(10);
      for (const line of text) pdf.text(line).moveDown(0.3);
      if (table) drawTable(pdf, table);
      pdf.moveDown();
    }
  });
}

function drawTable(pdf: Pdf, { columns, rows }: Table): void {
  const named = columns.some((column) => column !== "");
  pdf.fontSize(8).table({
    data: [...(named ? [[...columns]] : []), ...rows.map((row) => [...row])],
    rowStyles: (row) => (named && row === 0 ? { backgroundColor: "#e6e6e6" } : {}),
  });
}
