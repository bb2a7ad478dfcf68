import { openProducer, type Producer } from "@yardline/records/open-occurrences";
import type { Site } from "../site.ts";

/** As late as a fix may come and still correct what was said. */
const REMEMBER_MS = 8 * 86_400_000;

/** Who states events, under a name that keeps its open occurrences apart from those of others. */
export async function producerOf({ config, stores, clock }: Site, name: string): Promise<Producer> {
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  return openProducer({ bus, records, name, tenant: config.town.tenant, clock, remember_ms: REMEMBER_MS });
}
