import type { FeedFormat } from "./feed.ts";
import { gtfsRealtime } from "./gtfs-realtime.ts";
import { hfp } from "./hfp.ts";
import { mappedJson } from "./mapped-json.ts";
import { siriVm } from "./siri-vm.ts";

/** Every way in which other systems may tell where vehicles are. A new one is one file and one line here. */
export const FEED_FORMATS: readonly FeedFormat[] = [gtfsRealtime, hfp, siriVm, mappedJson];
