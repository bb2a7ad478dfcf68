import { join } from "node:path";
import { openRecordsStore } from "@yardline/audit/records-store";
import { openFileStore } from "@yardline/media/files";
import { tenantBus } from "@yardline/tenancy/tenant-bus";
import { tenantIndex } from "@yardline/tenancy/tenant-index";
import { tenantRecords } from "@yardline/tenancy/tenant-records";
import type { TownConfig } from "./config.ts";
import { Parts } from "./parts.ts";
import type { Site } from "./site.ts";
import type { OpenStores } from "./stores.ts";
import type { TenantSettings } from "./tenant-settings.ts";

/** A tenant of a region as everything that opens doors knows it: its own settings, on its own view of what the region keeps. */
export function tenantSite(region: Site, { id, name, timezone, gtfs }: TenantSettings): Site {
  const { config, stores, folder, parts: regions, log } = region;
  const own = new Parts();
  const town = { name, tenant: id, ...(timezone !== undefined && { timezone }) };
  const tenants: TownConfig = {
    town,
    ...(config.edges && { edges: config.edges }),
    ...(config.audit && { audit: config.audit }),
    ...(gtfs && { gtfs }),
    // They answer under the name of their region.
    ...(config.public && { public: config.public }),
  };
  return {
    ...region,
    config: tenants,
    now: () => tenants,
    folder: join(folder, "tenants", id),
    stores: tenantStores(stores, id, join(folder, "tenants", id)),
    shared: stores,
    parts: {
      run(part, required, ended, findTrouble) {
        own.run(part, required, ended, findTrouble);
        regions.run(`${part} of ${id}`, required, ended, findTrouble);
      },
      drop(part) {
        own.drop(part);
        regions.drop(`${part} of ${id}`);
      },
      list: (cameras) => own.list(cameras),
    },
    log: log.child({ tenant: id }),
  };
}

function tenantStores(shared: OpenStores, id: string, folder: string): OpenStores {
  let media: ReturnType<OpenStores["media"]> | undefined;
  return {
    records: async () => tenantRecords(await shared.records(), id),
    audit: async () => openRecordsStore(tenantRecords(await shared.records(), id)),
    index: async () => tenantIndex(await shared.index(), id),
    bus: async () => tenantBus(await shared.bus(), id),
    // Cameras of two tenants may have the same name.
    media() {
      media ??= openFileStore({ folder: join(folder, "media") });
      return media;
    },
    // Whoever asks it says whose; what a region keeps of the past it keeps of all.
    history: () => shared.history(),
    freeBytes: () => shared.freeBytes(),
    diskBytes: () => shared.diskBytes(),
  };
}
