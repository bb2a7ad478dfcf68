import { Type } from "./event-type.ts";
import { CALL_FIELDS } from "./transit-fields.ts";

/** What events about a vehicle that stands say beside which and where. */
export const STANDING_FIELDS = {
  ...CALL_FIELDS,
  since_at: Type.String({ format: "date-time" }),
  stood_s: Type.Integer({ minimum: 0, description: "How long it had stood when this was stated." }),
};
