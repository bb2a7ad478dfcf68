import { defineEventType } from "./event-type.ts";
import { lasted_s, percentOf, YardThing } from "./yard-thing.ts";

/** Something that belonged to the scene is gone from `since` on. */
export const yardRemovedObject = defineEventType({
  type: "yard.removed-object",
  version: 1,
  data: YardThing,
  identity: ({ camera, rule, zone, region, since }) => ({
    anchor_ms: Date.parse(since),
    key: [camera, rule, zone, region],
  }),
  audience: "dispatcher",
  retention: {
    media_h: 72,
    personal_h: 72,
    skeleton_days: 365,
    personal: ["box", "snapshot", "clip"],
  },
  media: true,
  facets: ({ zone, camera }) => ({ zone: [zone], camera: [camera] }),
  measures: (data) => ({ duration_s: lasted_s(data) }),
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
