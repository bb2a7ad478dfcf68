import { defineEventType, Type } from "./event-type.ts";
import {
  durationOf,
  Sightings,
  sceneFacets,
  TRACK_FIELDS,
  TRACK_RETENTION,
  trackIdentity,
} from "./yard-fields.ts";
import { lastedIn, nameOf, placeIn, scoreIn, timesIn } from "./yard-words.ts";

/** A vehicle drove where none should at that hour. */
export const yardVehicleAtNight = defineEventType({
  type: "yard.vehicle-at-night",
  version: 1,
  data: Type.Object({ ...TRACK_FIELDS, sightings: Sightings }),
  identity: trackIdentity,
  audience: "dispatcher",
  retention: TRACK_RETENTION,
  media: true,
  facets: sceneFacets,
  measures: durationOf,
  sentence({ label, zone, since, until, sightings, score }, language) {
    const who = nameOf(label, language);
    const place = placeIn(zone, language);
    const [lasts_s, times] = [lastedIn(since, until), timesIn(sightings, language)];
    const sure = scoreIn(score, language);
    return {
      uk: `${who} їде ${place} у заборонений час: ${lasts_s} с, помічено ${times}, ${sure}.`,
      ru: `${who} едет ${place} в запрещённое время: ${lasts_s} с, замечено ${times}, ${sure}.`,
      en: `${who} drives ${place} at a forbidden hour for ${lasts_s} s, seen ${times}, ${sure}.`,
    }[language];
  },
});
