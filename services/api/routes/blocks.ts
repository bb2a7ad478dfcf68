import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { isServiceDate } from "@yardline/timetable/service-day";
import { type Static, Type } from "typebox";
import { dispatching } from "../dispatch.ts";
import type { BlockOfDay, Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";

const BlockRun = Type.Object({
  trip_id: Type.String(),
  start_time: Type.Optional(Type.String()),
  route_id: Type.String(),
  headsign: Type.Optional(Type.String()),
  starts_at: Instant,
  ends_at: Instant,
  cancelled: Type.Boolean(),
  added: Type.Boolean(),
});

export const BlockList = Type.Object(
  {
    blocks: Type.Array(
      Type.Object({
        feed: Type.String(),
        service_date: Type.String({ description: "YYYYMMDD" }),
        block_id: Type.Optional(Type.String({ description: "Absent for a run that is in no block." })),
        runs: Type.Array(BlockRun, { description: "By first departure" }),
        assigned: Type.Array(Type.String(), { description: "Vehicles that people gave it to." }),
        driven_by: Type.Array(
          Type.Object({
            vehicle_id: Type.String(),
            trip_id: Type.String(),
            confidence: Type.Number({ description: "How sure that is, in (0, 1]" }),
          }),
          { description: "Vehicles that are seen to drive it now." },
        ),
      }),
    ),
  },
  { $id: "BlockList" },
);

export const blocksRoute: FastifyPluginAsyncTypebox<Pick<Parts, "dispatch" | "clock">> = async (
  app,
  { dispatch, clock },
) => {
  app.get(
    "/v1/blocks",
    {
      config: { access: ["dispatch", "transit"] },
      schema: {
        operationId: "listBlocks",
        summary: "The blocks of a service day, who was given each, and who is seen to drive it",
        tags: ["dispatch"],
        querystring: Type.Object(
          {
            date: Type.Optional(
              Type.String({ pattern: "^\\d{8}$", description: "YYYYMMDD; today without it." }),
            ),
          },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(BlockList) }, [400, 404]),
      },
    },
    async ({ query: { date } }) => {
      if (date !== undefined && !isServiceDate(date)) throw new Refusal(400, "DATE", `${date} is no day.`);
      return { blocks: dispatching(dispatch).listBlocks(date, clock.now_ms()).map(blockOf) };
    },
  );
};

function blockOf({
  runs,
  assigned,
  driven_by,
  ...block
}: BlockOfDay): Static<typeof BlockList>["blocks"][number] {
  return {
    ...block,
    runs: runs.map(({ starts_ms, ends_ms, added = false, ...run }) => ({
      ...run,
      added,
      starts_at: isoOf(starts_ms),
      ends_at: isoOf(ends_ms),
    })),
    assigned: [...assigned],
    driven_by: [...driven_by],
  };
}
