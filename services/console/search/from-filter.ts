import { printValue } from "@yardline/index/query/print";
import type { Filter, Within } from "../events/filter.ts";
import { TYPES_OF_KIND } from "../events/kinds.ts";

const TIMES: Readonly<Record<Within, string>> = {
  "15m": "last 15m",
  "1h": "last 1h",
  "24h": "last 24h",
  "7d": "last 7d",
};

/** The choices of the live list as a question to all that is kept. */
export function questionOf({ kind, label, source, text, within }: Filter): string {
  return [
    text ? printValue(text) : "",
    label ? `(label:${printValue(label)} or route:${printValue(label)})` : "",
    source ? `source:${printValue(source)}` : "",
    kind ? `type:${TYPES_OF_KIND[kind].join(",")}` : "",
    within ? TIMES[within] : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
