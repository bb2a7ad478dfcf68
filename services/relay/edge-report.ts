import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { isoOf } from "@yardline/domain/time";
import { Deletion, leaveDeletions } from "@yardline/records/deletions";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { type EdgeName, edgeId } from "./identity.ts";

const KIND = "edge-report";
/** What retention dropped, told at once; the rest comes with the next report. */
export const REPORT_DELETIONS_MAX = 30;

/** What an edge says of itself, about once a minute. */
export const EdgeReport = Type.Object(
  {
    settings_version: Type.Optional(
      Type.Integer({ description: "What it runs on; absent: on none of ours yet." }),
    ),
    settings_refused: Type.Optional(
      Type.Object(
        {
          code: Type.String({ maxLength: 64 }),
          reason: Type.String({ maxLength: 1_000, description: "For a person." }),
        },
        { additionalProperties: false },
      ),
    ),
    lag: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 }), {
      maxProperties: 10,
      description: "Records of each topic that are still to come.",
    }),
    deletions: Type.Optional(
      Type.Array(Deletion, {
        maxItems: REPORT_DELETIONS_MAX,
        description:
          "What its retention dropped: for the tenant's audit log. Told until a report with it was taken.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type EdgeReport = Static<typeof EdgeReport>;

const { deletions: _, ...Lasting } = EdgeReport.properties;
const Kept = Type.Object({
  ...Lasting,
  tenant: Type.String(),
  edge: Type.String(),
  /** When the region got it: since then nothing has been heard of the edge. */
  reported_at: Type.String(),
});
type Kept = Static<typeof Kept>;

/**
 * Keeps the newest report of an edge in Records, kind `edge-report`, with the time at which it came, and what was dropped there for the audit log.
 * @throws AppError `DELETIONS_FULL` (retryable): nobody takes them into the log; and those of Records.
 */
export async function keepReport(
  records: Pick<Records, "list" | "write">,
  clock: Clock,
  name: EdgeName,
  { deletions = [], ...report }: EdgeReport,
): Promise<void> {
  const { tenant, edge } = name;
  const value: Kept = { tenant, edge, reported_at: isoOf(clock.now_ms()), ...report };
  await records.write([{ kind: KIND, id: edgeId(name), value }]);
  const left = await leaveDeletions(records, { tenant, edge }, deletions);
  if (left.length < deletions.length) {
    const message = "What was dropped waits for the audit log, which nobody keeps now; is the api running?";
    throw new AppError("DELETIONS_FULL", message, { retryable: true });
  }
}

/** The newest report of each edge that ever made one. */
export async function listReports(records: Pick<Records, "list">): Promise<readonly Kept[]> {
  return (await records.list(KIND)).flatMap(({ value }) => (Value.Check(Kept, value) ? [value] : []));
}
