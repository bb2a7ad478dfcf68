import { expect, test } from "vitest";
import { shownSettings } from "./shown-settings.ts";

const CANARY = "k4n4r31k4";

test("what could be a key is left out of every address, however deep it stands", () => {
  const settings = {
    town: { name: "Верба", tenant: "verba" },
    feeds: [
      { url: `https://feed.example/${CANARY}/pb?key=${CANARY}` },
      { url: `mqtts://${CANARY}:${CANARY}@mqtt.example:8883` },
    ],
    webhooks: [{ id: "police", url: `https://hook.example/?t=${CANARY}`, secret_file: "police.secret" }],
    broken: `https://${CANARY} ://`,
    retention_h: 72,
    nothing: null,
  };
  expect(JSON.stringify(shownSettings(settings))).not.toContain(CANARY);
  expect(shownSettings(settings)).toEqual({
    town: { name: "Верба", tenant: "verba" },
    feeds: [{ url: "https://feed.example/…" }, { url: "mqtts://mqtt.example:8883/…" }],
    webhooks: [{ id: "police", url: "https://hook.example/…", secret_file: "police.secret" }],
    broken: "…://…",
    retention_h: 72,
    nothing: null,
  });
});
