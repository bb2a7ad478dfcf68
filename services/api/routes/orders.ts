import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { AskedOrder, isInForce, Order, type Standing } from "@yardline/operations/order";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { asKept, BY, carryOut, dispatching, signed, WHY } from "../dispatch.ts";
import type { Parts } from "../parts.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";

const FROM = Type.String({
  format: "date-time",
  description:
    "Undone from; now without it. With the order's own `from` it is as if it had never been given: where a wrongly assigned bus is, is then found out anew.",
});

const OrderStatus = Type.Object({
  order: refTo(Order),
  state: Type.Enum(["coming", "in-force", "ended", "undone"]),
  ends_at: Type.Optional(Instant),
  undone_by: Type.Optional(Type.String({ description: "The order that undid it." })),
});

export const OrderList = Type.Object(
  {
    revision: Type.Integer({ description: "Grows with each order; give it back as `seen_revision`." }),
    orders: Type.Array(OrderStatus, { description: "Newest first" }),
  },
  { $id: "OrderList" },
);

export const ordersRoute: FastifyPluginAsyncTypebox<Pick<Parts, "dispatch" | "clock">> = async (
  app,
  { dispatch, clock },
) => {
  app.setSerializerCompiler(asKept);
  app.get(
    "/v1/orders",
    {
      config: { access: ["dispatch", "transit"] },
      schema: {
        operationId: "listOrders",
        summary: "What dispatchers ordered: in force, to come, ended and undone",
        tags: ["dispatch"],
        response: answers({ 200: refTo(OrderList) }, [404]),
      },
    },
    async () => {
      const { revision, orders } = dispatching(dispatch).listOrders();
      return { revision, orders: orders.toReversed().map((each) => statusOf(each, clock.now_ms())) };
    },
  );
  app.post(
    "/v1/orders",
    {
      config: { access: ["dispatch"], audits: "always" },
      schema: {
        operationId: "giveOrder",
        summary: "Orders something: in effect everywhere within seconds",
        tags: ["dispatch"],
        body: refTo(AskedOrder),
        response: answers({ 201: refTo(Order) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body, visitor } = request;
      const view = dispatching(dispatch);
      const details = { order: JSON.stringify(body.what), why: body.why };
      await audited(request, {
        action: "configure",
        object: { kind: "order", id: body.what.order },
        details,
      });
      return reply.code(201).send(await carryOut(() => view.order(signed(body, visitor))));
    },
  );
  app.post(
    "/v1/orders/:id/undo",
    {
      config: { access: ["dispatch"], audits: "always" },
      schema: {
        operationId: "undoOrder",
        summary: "Undoes an order, by another order: from now on, or as if it had never been given",
        tags: ["dispatch"],
        params: Type.Object({ id: NameParameter }),
        body: Type.Object({ by: BY, why: WHY, from: Type.Optional(FROM) }, { additionalProperties: false }),
        response: answers({ 201: refTo(Order) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body, visitor } = request;
      const { id } = request.params;
      const view = dispatching(dispatch);
      const details = { order: "undo", why: body.why };
      await audited(request, { action: "configure", object: { kind: "order", id }, details });
      const asked = { ...signed(body, visitor), what: { order: "undo", of: id } } as const;
      return reply.code(201).send(await carryOut(() => view.order(asked)));
    },
  );
};

function statusOf(standing: Standing, now_ms: number): Static<typeof OrderStatus> {
  const { order, from_ms, until_ms, undone_by } = standing;
  const over = undone_by === undefined ? ("ended" as const) : ("undone" as const);
  const state = isInForce(standing, now_ms)
    ? "in-force"
    : now_ms < Math.min(from_ms, until_ms)
      ? "coming"
      : over;
  return {
    order,
    state,
    ...(Number.isFinite(until_ms) && { ends_at: isoOf(until_ms) }),
    ...(undone_by !== undefined && { undone_by }),
  };
}
