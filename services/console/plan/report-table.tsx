import type { ReportRow } from "../api/types.ts";
import { LineBadge } from "../elements/line-badge.tsx";
import { type Speech, useSpeech } from "../messages/use-speech.tsx";
import { type TownData, useTown } from "../page/use-town.tsx";
import { columnsOf, type Figure, findColumn, MEASURES, minutesText } from "./columns.ts";

/** More than anybody reads; the file has them all. */
const ROWS_SHOWN_MAX = 500;

/** A report's rows, with the names of lines and stops instead of their ids. */
export function ReportTable({ rows, name }: { readonly rows: readonly ReportRow[]; readonly name: string }) {
  const speech = useSpeech();
  const town = useTown();
  const { t } = speech;
  const columns = columnsOf(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled by keyboard too
    <section className="plan-table" tabIndex={0} aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => {
              const known = findColumn(column);
              return (
                <th key={column} scope="col" className={alignOf(known?.figure)}>
                  {known ? t(known.name) : column}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_SHOWN_MAX).map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => {
                const figure = findColumn(column)?.figure ?? "text";
                return (
                  <td key={column} className={alignOf(figure)}>
                    <CellText
                      figure={figure === "measured" ? measuredAs(row) : figure}
                      cell={row[column]}
                      speech={speech}
                      town={town}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_SHOWN_MAX && <p className="plan-cut">{t("plan.cut", { count: ROWS_SHOWN_MAX })}</p>}
    </section>
  );
}

const WORDS: ReadonlySet<Figure> = new Set(["line", "stop", "text", "measure"]);

function alignOf(figure: Figure = "text"): string | undefined {
  return WORDS.has(figure) ? undefined : "figure";
}

function measuredAs({ measure }: ReportRow): Figure {
  return measure === "on_time" ? "share" : "seconds";
}

function CellText({
  figure,
  cell,
  speech: { t, formats },
  town,
}: {
  readonly figure: Figure;
  readonly cell: ReportRow[string];
  readonly speech: Speech;
  readonly town: TownData;
}) {
  if (cell === undefined || cell === null || cell === "") return "–";
  switch (figure) {
    case "line": {
      const line = town.findLine(String(cell));
      return line ? <LineBadge name={line.route_short_name} color={line.route_color} /> : String(cell);
    }
    case "stop":
      return town.findStopName(String(cell)) ?? String(cell);
    case "seconds":
      return minutesText(Number(cell));
    case "share":
      return formats.percent(Number(cell));
    case "hour":
      return `${cell}:00`;
    case "number":
      return formats.number(Number(cell));
    case "measure": {
      const known = MEASURES[String(cell)];
      return known ? t(known) : String(cell);
    }
    case "truth":
      return cell ? t("plan.yes") : t("plan.no");
    default:
      return String(cell);
  }
}
