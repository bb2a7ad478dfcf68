import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { lookLater, reviewOf } from "../look-later.ts";
import type { Site } from "../site.ts";
import { tenantSite } from "../tenant-site.ts";
import { timetableView } from "../timetables/timetable-view.ts";
import { openTimetables, startFollowing } from "./follow-buses.ts";
import { followCameras } from "./follow-cameras.ts";
import { buildDoors } from "./open-doors.ts";

/**
 * The doors of each tenant of a region, behind the region's own; undefined where the settings name none. What is followed for them ends with
 * `signal`, the doors with the region's.
 */
export async function buildTenants(
  region: Site,
  pageDir: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FastifyInstance> | undefined> {
  const { tenants } = region.config;
  if (!tenants) return undefined;
  const doors = new Map<string, FastifyInstance>();
  for (const tenant of tenants) {
    const site = tenantSite(region, tenant);
    const timetables = await openTimetables(site, signal);
    const transit = timetables && (await startFollowing(site, timetables, signal));
    const past = lookLater(join(region.folder, "history"), region.clock);
    const review = timetables && reviewOf(timetables, past.history, () => site.stores.records());
    const cameras = await followCameras(site, signal);
    const { app } = await buildDoors(site, {
      ...{ pageDir, simulated: false, transit, review, cameras, signal },
      timetables: timetables && timetableView(timetables, { by: "region" }),
    });
    app.addHook("onClose", past.close);
    doors.set(tenant.id, app);
  }
  return doors;
}
