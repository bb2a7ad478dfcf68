import type { PublicCountView } from "@yardline/api/privacy-parts";
import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { EventIndex } from "@yardline/index/event-index";
import { type PublicArea, type PublicCell, publicCells, toldHours } from "@yardline/privacy/public-counts";
import type { Records } from "@yardline/records/records";
import { Type } from "typebox";
import { Value } from "typebox/value";

/** The kind of the rows, one an hour, in which what was told is kept. */
const KIND = "public-count";
/** How long it is told. */
const KEPT_MS = 35 * 86_400_000;
const HOUR_MS = 3_600_000;

const Cells = Type.Array(
  Type.Object({ area: Type.String(), count: Type.Optional(Type.Integer({ minimum: 0 })) }),
);

type Parts = {
  readonly index: Pick<EventIndex, "histogram">;
  readonly records: Pick<Records, "findAll" | "write" | "dropBefore">;
  readonly tenant: string;
};

/**
 * Counts stays by area and hour. What was told of an hour is kept and told again, so that who asks before and after one event came late, or was
 * erased, learns nothing of it.
 */
export function publicCounts(
  areas: readonly PublicArea[],
  { index, records, tenant }: Parts,
): PublicCountView {
  async function count(from_ms: EpochMs): Promise<readonly PublicCell[]> {
    const sources = areas.flatMap(({ cameras }) => cameras.map((camera) => `camera/${camera}`));
    const where = {
      op: "all",
      of: [
        { op: "is", field: "tenant", values: [tenant] },
        { op: "is", field: "type", values: ["yard.presence"] },
        { op: "is", field: "source", values: sources },
      ],
    } as const;
    const buckets = await index.histogram(
      { from_ms, to_ms: from_ms + HOUR_MS, where },
      { every: "hour", timezone: "UTC", by: "source" },
    );
    const counts = new Map(buckets.map(({ value = "", count }) => [value.replace(/^camera\//, ""), count]));
    return publicCells(areas, counts);
  }

  async function tell(from_ms: EpochMs, now_ms: EpochMs): Promise<readonly PublicCell[]> {
    const cells = await count(from_ms);
    try {
      await records.write([{ kind: KIND, id: isoOf(from_ms), expected: 0, value: cells }]);
      await records.dropBefore(KIND, isoOf(now_ms - KEPT_MS));
      return cells;
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT")) throw thrown;
      // Somebody else told it in this moment: what was told first counts.
      return (await told([from_ms])).get(from_ms) ?? cells;
    }
  }

  async function told(hours: readonly EpochMs[]): Promise<Map<EpochMs, readonly PublicCell[]>> {
    const rows = await records.findAll(KIND, hours.map(isoOf));
    return new Map(
      rows.flatMap(({ id, value }) => (Value.Check(Cells, value) ? [[Date.parse(id), value] as const] : [])),
    );
  }

  return {
    areas,
    async listHours(day_ms, now_ms) {
      if (day_ms < now_ms - KEPT_MS) return new Map();
      const hours = toldHours(day_ms, now_ms);
      const known = await told(hours);
      for (const hour of hours) if (!known.has(hour)) known.set(hour, await tell(hour, now_ms));
      return known;
    },
  };
}
