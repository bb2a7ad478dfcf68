import { writeFile } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { reportCsv } from "@yardline/history/review/report-csv";
import { reportParquet } from "@yardline/history/review/report-parquet";
import type { runReport } from "@yardline/history/review/run-report";
import { UsageError, type World } from "./verb.ts";

type Whole = Awaited<ReturnType<typeof runReport>>;

const FORMS = {
  csv: ({ rows }: Whole) => reportCsv(rows),
  json: ({ definition, completeness, days, rows }: Whole) =>
    `${JSON.stringify({ definition, completeness, days, rows }, undefined, 2)}\n`,
  parquet: ({ rows }: Whole) => reportParquet(rows),
};
type Form = keyof typeof FORMS;

/** The form that a file's name asks for; without a file CSV or JSON. @throws UsageError */
export function formOf(out: string | undefined, json: boolean): Form {
  if (out === undefined) return json ? "json" : "csv";
  const form = (["csv", "json", "parquet"] as const).find((each) => out.endsWith(`.${each}`));
  if (form) return form;
  throw new UsageError(`review: the name of the file ends in .csv, .json or .parquet, and ${out} does not`);
}

/** Writes a report into a file, or to standard output. @throws AppError `OUTPUT_UNWRITABLE` */
export async function tellReport(
  whole: Whole,
  form: Form,
  out: string | undefined,
  { stdout }: Pick<World, "stdout">,
): Promise<void> {
  const told = FORMS[form](whole);
  if (out === undefined) {
    stdout.write(told);
    return;
  }
  await writeFile(out, told).catch((cause: unknown) => {
    throw new AppError("OUTPUT_UNWRITABLE", `${out} cannot be written: ${messageOf(cause)}`, { cause });
  });
}
