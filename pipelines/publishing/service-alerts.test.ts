import type { ServiceAlert } from "@yardline/domain/service-alert";
import bindings from "gtfs-realtime-bindings";
import { expect, test } from "vitest";
import { alertsFeed } from "./service-alerts.ts";

const { FeedMessage } = bindings.transit_realtime;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const ALERT: ServiceAlert = {
  id: "order-4",
  effect: "NO_SERVICE",
  header: { uk: "Зупинка не працює", ru: "Остановка не работает", en: "Closed" },
  concerns: [
    { feed: "town", stop_id: "market" },
    { feed: "villages", stop_id: "market" },
    { run: { feed: "town", service_date: "20260301", trip_id: "t1", route_id: "1" } },
  ],
  periods: [{ from_ms: NOW, until_ms: NOW + 3_600_000 }, { from_ms: NOW + 86_400_000 }],
};

test("an alert in three languages, each stop once, with its periods", () => {
  const feed = FeedMessage.toObject(FeedMessage.decode(alertsFeed([ALERT], NOW)), {
    longs: Number,
    enums: String,
  });
  expect(feed).toEqual({
    header: { gtfsRealtimeVersion: "2.0", incrementality: "FULL_DATASET", timestamp: NOW / 1000 },
    entity: [
      {
        id: "order-4",
        alert: {
          activePeriod: [{ start: NOW / 1000, end: NOW / 1000 + 3_600 }, { start: NOW / 1000 + 86_400 }],
          informedEntity: [
            { stopId: "market" },
            {
              trip: { tripId: "t1", routeId: "1", startDate: "20260301", scheduleRelationship: "SCHEDULED" },
            },
          ],
          cause: "UNKNOWN_CAUSE",
          effect: "NO_SERVICE",
          headerText: {
            translation: [
              { text: "Зупинка не працює", language: "uk" },
              { text: "Остановка не работает", language: "ru" },
              { text: "Closed", language: "en" },
            ],
          },
        },
      },
    ],
  });
});
