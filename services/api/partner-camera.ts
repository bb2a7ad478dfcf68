import type { Occasion } from "@yardline/permission/agreement";
import { type CameraPlace, isAllowed } from "@yardline/permission/decide";
import type { Right } from "@yardline/permission/rights";
import { Refusal } from "./problem.ts";
import type { Visitor } from "./visitor.ts";

type Asked = { readonly tenant: string; readonly rights: readonly Right[]; readonly occasion: Occasion };

/** Whether somebody may know of a camera: of a partner's also who would see it if there were an occasion. */
export function mayKnow(visitor: Visitor, camera: CameraPlace, { tenant, rights, occasion }: Asked): boolean {
  const whatever = { now_ms: occasion.now_ms, alarm: true, incident: true };
  return rights.some((right) => isAllowed(visitor, { right, tenant, camera, occasion: whatever }));
}

/** @throws Refusal 403 where a partner's agreement gives somebody who knows of the camera nothing now, and for nothing that they named. */
export function refusePartner(visitor: Visitor, camera: CameraPlace, asked: Asked): void {
  const { tenant, rights, occasion } = asked;
  if (rights.some((right) => isAllowed(visitor, { right, tenant, camera, occasion }))) return;
  const whose = camera.partner?.name ?? "its controller";
  const message = `Pictures of this camera are ${whose}'s. The agreement gives them for an open incident: add ?incident=ID, or ask ${whose}.`;
  throw new Refusal(403, "PARTNER_REQUEST", message);
}
