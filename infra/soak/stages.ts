import { readFile } from "node:fs/promises";
import { percentile } from "./percentile.ts";

const STAGES = ["detected_ms", "opened_ms", "acknowledged_ms"] as const;

/** What the town's log says of each stage of its yard events: median and 95th percentile after the first frame. */
export async function stagesOf(log: string): Promise<string> {
  const opened = (await readFile(log, "utf8"))
    .split("\n")
    .filter((line) => line.includes('"A yard event is open."'))
    .map((line): Record<string, unknown> => JSON.parse(line));
  return STAGES.map((stage) => {
    const values = opened.map((event) => Number(event[stage]));
    const [p50, p95] = [0.5, 0.95].map((p) => Math.round(percentile(values, p)));
    return `${stage.replace("_ms", "")} ${p50}/${p95} ms`;
  }).join(", ");
}
