import { AppError } from "@yardline/domain/errors";
import { readIdentity, readSigningKeyFile } from "@yardline/relay/key-files";
import { startReceiver } from "@yardline/relay/receiver";
import { fromBase, type Site } from "../site.ts";

/** Takes what the region's edges send onto its bus. @throws AppError `TOWN_CONFIG` where the settings say not where. */
export async function startReceiving(site: Site, signal: AbortSignal): Promise<void> {
  const { config, base, stores, parts, clock, log } = site;
  if (!config.receiver) {
    throw new AppError("TOWN_CONFIG", "The settings name no receiver: give its port and identity folder.");
  }
  const { port, host = "127.0.0.1", identity } = config.receiver;
  const folder = fromBase(base, identity);
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const tls = await readIdentity(folder);
  const settings_key = await readSigningKeyFile(folder);
  const receiver = await startReceiver(
    { listen: { host, port }, tls, bus, records, settings_key, clock, log },
    signal,
  );
  parts.run("receiver", true, receiver.stopped);
}
