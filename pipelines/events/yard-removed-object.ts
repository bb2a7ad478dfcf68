import { defineEventType } from "./event-type.ts";
import { lasted_s, percentOf, THING_EVENT } from "./yard-thing.ts";

/** Something that belonged to the scene is gone from `since` on. */
export const yardRemovedObject = defineEventType({
  type: "yard.removed-object",
  ...THING_EVENT,
  sentence(data, language) {
    const { zone, area, ended } = data;
    const stay_s = Math.ceil(lasted_s(data));
    const share = percentOf(area, language);
    const end = ended === "undone" ? UNDONE[language] : "";
    return {
      uk: `Зник предмет ${zone === "all" ? "у кадрі" : `у зоні «${zone}»`}: місце порожнє ${stay_s} с, це ${share} кадру${end}.`,
      ru: `Исчез предмет ${zone === "all" ? "в кадре" : `в зоне «${zone}»`}: место пусто ${stay_s} с, это ${share} кадра${end}.`,
      en: `An object is gone ${zone === "all" ? "from view" : `from zone “${zone}”`}: its place empty for ${stay_s} s, ${share} of the picture${end}.`,
    }[language];
  },
});

const UNDONE = { uk: ", потім повернуто", ru: ", затем возвращено", en: ", then brought back" } as const;
