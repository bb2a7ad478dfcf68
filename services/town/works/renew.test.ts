import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@yardline/domain/errors";
import { memoryRecords } from "@yardline/records/memory";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { LiveSettings } from "../live-settings.ts";
import { Parts } from "../parts.ts";
import { SECTION_KIND } from "../section-settings.ts";
import type { Site } from "../site.ts";
import { startRenewed } from "./renew.ts";

const WITHIN_MS = 20_000;
const TWO_LOOKS_MS = 5_000;
const CONFIG = { town: { name: "Верба", tenant: "verba" } };

test("what pages change is begun anew with it; what cannot be started goes on as before, and health says why", {
  timeout: 60_000,
}, async () => {
  const [records, parts, over] = [memoryRecords(), new Parts(), new AbortController()];
  onTestFinished(() => over.abort());
  const live = await LiveSettings.open({ config: CONFIG, base: "town.yaml" }, records, false);
  const did: string[] = [];
  const start = async ({ config, parts: own }: Pick<Site, "config" | "parts">, signal: AbortSignal) => {
    for (const { id } of config.webhooks ?? []) {
      if (id === "broken") throw new AppError("TOWN_CONFIG", "This one cannot be started.");
      did.push(`begin ${id}`);
      const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      own.run(
        `webhook ${id}`,
        false,
        ended.then(() => void did.push(`end ${id}`)),
      );
    }
  };
  const site = { config: live.started, parts };
  await startRenewed(site, live, { sections: ["webhooks"], start }, over.signal);
  live.follow({ parts, log: pino({ level: "silent" }) }, over.signal);
  const set = (...ids: string[]) => {
    const value = ids.map((id) => ({ id, url: "https://hook.example/", secret_file: "secret:s" }));
    return records.write([{ kind: SECTION_KIND, id: "webhooks", value: { value, by: "olena", at_ms: 1 } }]);
  };
  const running = () => parts.list([]).map(({ name, detail }) => `${name}${detail ? `: ${detail}` : ""}`);
  expect(running()).toEqual(["settings"]);
  await set("police", "mayor");
  await eventually(
    () => expect(running()).toEqual(["settings", "webhook police", "webhook mayor"]),
    WITHIN_MS,
  );
  await set("broken");
  await eventually(
    () => expect(running()).toEqual(expect.arrayContaining(["settings: This one cannot be started."])),
    WITHIN_MS,
  );
  expect(did.slice(0, 4)).toEqual(["begin police", "begin mayor", "end police", "end mayor"]);
  expect(running()).toEqual(expect.arrayContaining(["webhook police", "webhook mayor"]));
  const before = did.length;
  await delay(TWO_LOOKS_MS);
  expect(did.slice(before), "what runs is left alone until something changes").toEqual([]);
  await set("mayor");
  await eventually(() => expect(running()).toEqual(["settings", "webhook mayor"]), WITHIN_MS);
});
