import type { SectionSettings } from "../api/types.ts";

const FILE = { by: "file", name: "town.yaml" } as const;

/** Sections as a town answers them: the file owns two, pages have set some, one waits for a restart, most nobody has named. */
export function fakeSections(now_ms: number): SectionSettings[] {
  const set = (minutes: number) => ({
    ...{ revision: 2, changed_by: "olena" },
    changed_at: new Date(now_ms - minutes * 60_000).toISOString(),
  });
  return [
    {
      ...{ id: "town", owner: FILE, applies: "restart", waits: false, revision: 0 },
      value: { name: "Верба", tenant: "verba", timezone: "Europe/Kyiv" },
    },
    {
      ...{ id: "privacy", owner: { by: "pages" }, applies: "restart", waits: true, ...set(4) },
      value: { contact: "+380 44 000 00 00", site: "https://verba.example" },
    },
    {
      ...{ id: "recordings", owner: FILE, applies: "at-once", waits: false, revision: 0 },
      value: { keep_free_mb: 20_000 },
    },
    unset("evidence"),
    unset("trackers"),
    {
      ...{ id: "feeds", owner: { by: "pages" }, applies: "at-once", waits: false, ...set(600) },
      value: [
        {
          ...{ name: "oblast", format: "gtfs-realtime", url: "https://feed.example/…" },
          ...{ header_file: "secret:feeds-1a2b3c4d", every_s: 10 },
        },
      ],
    },
    {
      ...{ id: "webhooks", owner: { by: "pages" }, applies: "at-once", waits: false, ...set(90) },
      value: [{ id: "police", url: "https://hook.example/…", secret_file: "secret:webhooks-9f8e7d6c" }],
    },
    unset("public_vehicle_ids"),
    unset("audit"),
  ];
}

function unset(id: string): SectionSettings {
  return { id, owner: { by: "pages" }, applies: "at-once", waits: false, revision: 0 };
}
