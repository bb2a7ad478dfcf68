import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const shared = sharedApp();

test("alerts in three languages, with whom they concern and when", async () => {
  const response = await shared().inject("/v1/alerts");
  expect(response.headers["cache-control"]).toBe("public, max-age=5");
  expect(response.json()).toEqual({
    alerts: [
      {
        id: "order-4",
        effect: "NO_SERVICE",
        header: {
          uk: "Зупинка «Ринок» не працює",
          ru: "Остановка «Рынок» не работает",
          en: "Stop “Market” is closed",
        },
        concerns: [{ stop_id: "market" }],
        periods: [{ from: "2026-11-22T11:59:00.000Z", until: "2026-11-22T13:00:00.000Z" }],
      },
    ],
  });
});
