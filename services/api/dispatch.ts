import { Type } from "typebox";
import type { DispatchView, Parts } from "./parts.ts";
import { Refusal, refuseBy, type Statuses } from "./problem.ts";
import type { Visitor } from "./visitor.ts";

/** The side of the dispatchers, which not every town has. @throws Refusal 404 */
export function dispatching(dispatch: Parts["dispatch"]): DispatchView {
  if (!dispatch)
    throw new Refusal(
      404,
      "NO_TIMETABLE",
      "No timetable loaded: start with --gtfs, or choose one in the browser.",
    );
  return dispatch;
}

/** What is refused because of what was asked, or of what stands; the message says what to do. */
const STATUSES: Statuses = {
  ORDER_UNKNOWN_RUN: 404,
  ORDER_UNKNOWN_PLACE: 404,
  ORDER_UNKNOWN_ORDER: 404,
  ORDER_TIMES: 400,
  ORDER_TEXT: 400,
  ORDER_SAME_VEHICLE: 400,
  ORDER_NOTHING_TO_SWAP: 409,
  ORDER_TAKEN: 409,
  ORDER_TWICE: 409,
  ORDER_UNDONE: 409,
  ORDERS_CHANGED: 409,
  ORDERS_FULL: 409,
  POLICY_CHANGED: 409,
  DEVICE_PROTOCOL: 404,
  DEVICE_TAKEN: 409,
};

/** Carries out what somebody wants, and says no in words for that person. */
export async function carryOut<Done>(work: () => Promise<Done>): Promise<Done> {
  return await Promise.try(work).catch(refuseBy(STATUSES));
}

/**
 * What was checked to the letter when it came in goes out as it is kept. Serializers made of schemas with alternatives would check
 * them all again, and take half of the time in which the doors start.
 */
export const asKept = () => (answer: unknown) => JSON.stringify(answer);

/** What is written where nobody signs in; else the login of whoever asks takes its place. */
export const BY = Type.String({ minLength: 1, maxLength: 100, description: "Who decides it." });
export const WHY = Type.String({
  minLength: 1,
  maxLength: 500,
  description: "For whoever reads it tomorrow.",
});

/** Whoever is signed in gives orders under their own name, whatever a program wrote. */
export function signed<Asked extends { readonly by: string }>(asked: Asked, { person }: Visitor): Asked {
  return person ? { ...asked, by: person.login } : asked;
}
