import type { Label } from "@yardline/domain/detection";

/** What drives and can stand in the way. */
export const VEHICLES: readonly Label[] = ["car", "motorcycle", "bus", "truck"];
