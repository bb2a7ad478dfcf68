import { defineEventType, Type } from "./event-type.ts";
import {
  busIn,
  CALL_FIELDS,
  CALL_RETENTION,
  facetsOfCall,
  identityOfCall,
  stopIn,
} from "./transit-fields.ts";

/** A vehicle on its trip run was not heard of any more. Withdrawn when its positions come after all. */
export const transitNoSignal = defineEventType({
  type: "transit.no-signal",
  version: 1,
  data: Type.Object({ ...CALL_FIELDS, last_seen_at: Type.String({ format: "date-time" }) }),
  identity: identityOfCall,
  audience: "dispatcher",
  retention: CALL_RETENTION,
  media: false,
  facets: facetsOfCall,
  measures: () => ({}),
  sentence(data, language) {
    const [bus, stop] = [busIn(data, language), stopIn(data)];
    return {
      uk: `${bus}: сигнал зник перед зупинкою «${stop}».`,
      ru: `${bus}: сигнал пропал перед остановкой «${stop}».`,
      en: `${bus} fell silent before “${stop}”.`,
    }[language];
  },
});
