import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import type { Cell, Told } from "./report.ts";

/** As registered with IANA. */
export const PARQUET_TYPE = "application/vnd.apache.parquet";

/** Rows as one Apache Parquet file. Columns are those of all rows, in the order in which they come; each may be empty. */
export function reportParquet(rows: Told["rows"]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columnData = names.map((name) => {
    const data = rows.map((row) => row[name] ?? null);
    return { name, data, type: typeOf(data), nullable: true };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** A column without a value anywhere is one of texts. */
function typeOf(data: readonly Cell[]): BasicType {
  const sample = data.find((cell) => cell !== null);
  if (typeof sample === "boolean") return "BOOLEAN";
  return typeof sample === "number" ? "DOUBLE" : "STRING";
}
