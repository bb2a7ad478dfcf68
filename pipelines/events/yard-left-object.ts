import { defineEventType } from "./event-type.ts";
import { lasted_s, percentOf, THING_EVENT } from "./yard-thing.ts";

/** Something stands where nothing stood, and is nobody's that is followed: left from `since` on. */
export const yardLeftObject = defineEventType({
  type: "yard.left-object",
  ...THING_EVENT,
  sentence(data, language) {
    const { zone, area, ended } = data;
    const stay_s = Math.ceil(lasted_s(data));
    const share = percentOf(area, language);
    const end = ended === "undone" ? UNDONE[language] : "";
    return {
      uk: `Залишений предмет ${zone === "all" ? "у кадрі" : `у зоні «${zone}»`}: стоїть нерухомо ${stay_s} с, займає ${share} кадру${end}.`,
      ru: `Оставленный предмет ${zone === "all" ? "в кадре" : `в зоне «${zone}»`}: стоит неподвижно ${stay_s} с, занимает ${share} кадра${end}.`,
      en: `An object left ${zone === "all" ? "in view" : `in zone “${zone}”`}: still for ${stay_s} s, ${share} of the picture${end}.`,
    }[language];
  },
});

const UNDONE = { uk: ", потім прибрано", ru: ", затем убрано", en: ", then taken away" } as const;
