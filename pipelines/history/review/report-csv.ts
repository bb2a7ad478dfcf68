import type { Cell, Told } from "./report.ts";

/** Rows as CSV by RFC 4180. Columns are those of all rows, in the order in which they come; numbers to the thousandth. */
export function reportCsv(rows: Told["rows"]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => textOf(row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\n");
}

/** A text of a feed must not become a formula where somebody opens the file in a spreadsheet (CWE-1236). */
function unarmed(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function textOf(cell: Cell): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "number") return String(Math.round(cell * 1000) / 1000);
  const text = unarmed(String(cell));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
