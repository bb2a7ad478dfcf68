/** A table: what stands in its columns, and its rows. */
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A part of a document: its heading, what is said, and a table. */
export type DocumentPart = {
  readonly heading: string;
  readonly text?: readonly string[];
  readonly table?: Table;
};

/** A document that people read, sign and file, whatever form it is written in. */
export type PlainDocument = { readonly title: string; readonly parts: readonly DocumentPart[] };

export function markdownOf({ title, parts }: PlainDocument): string {
  const blocks = parts.flatMap(({ heading, text = [], table }) => [
    `## ${heading}`,
    ...text.map(inline),
    ...(table ? [tableOf(table)] : []),
  ]);
  return `${[`# ${inline(title)}`, ...blocks].join("\n\n")}\n`;
}

function tableOf({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => inline(cell)).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

/** What people typed must not become a heading, a link or another column. */
function inline(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#]/g, "\\$&");
}

/** RFC 4180, with a byte order mark, so that a spreadsheet reads Cyrillic; none of its cells is a formula. */
export function csvOf({ columns, rows }: Table): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
