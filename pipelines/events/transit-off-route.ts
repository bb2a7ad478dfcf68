import { defineEventType, Type } from "./event-type.ts";
import {
  busIn,
  CALL_FIELDS,
  CALL_RETENTION,
  facetsOfCall,
  identityOfCall,
  minutesOf,
  stopIn,
} from "./transit-fields.ts";

/** A vehicle was beside the line of its trip run. Open until it is back on the line, or off the run. */
export const transitOffRoute = defineEventType({
  type: "transit.off-route",
  version: 1,
  data: Type.Object({
    ...CALL_FIELDS,
    left_at: Type.String({ format: "date-time", description: "When it was last seen on its line." }),
    away_s: Type.Optional(Type.Integer({ minimum: 0 })),
    ended: Type.Optional(Type.Union([Type.Literal("returned"), Type.Literal("left")])),
  }),
  identity: identityOfCall,
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: ({ away_s }) => (away_s === undefined ? {} : { duration_s: away_s }),
  sentence(data, language) {
    const [bus, stop, minutes] = [busIn(data, language), stopIn(data), minutesOf(data.away_s ?? 0)];
    const { ended = "away" } = data;
    return {
      uk: {
        away: `${bus}: зійшов з маршруту перед зупинкою «${stop}».`,
        returned: `${bus}: повернувся на маршрут через ${minutes} хв (перед зупинкою «${stop}»).`,
        left: `${bus}: зійшов з маршруту перед зупинкою «${stop}» і не повернувся на рейс.`,
      }[ended],
      ru: {
        away: `${bus}: сошёл с маршрута перед остановкой «${stop}».`,
        returned: `${bus}: вернулся на маршрут через ${minutes} мин (перед остановкой «${stop}»).`,
        left: `${bus}: сошёл с маршрута перед остановкой «${stop}» и не вернулся на рейс.`,
      }[ended],
      en: {
        away: `${bus} left its route before “${stop}”.`,
        returned: `${bus} was back on its route after ${minutes} min (left before “${stop}”).`,
        left: `${bus} left its route before “${stop}” and did not come back to this trip.`,
      }[ended],
    }[language];
  },
});
