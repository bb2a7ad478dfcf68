import { NARROW } from "./page/narrow.ts";
import { parseResident } from "./resident/address.ts";
import { start as startResident } from "./resident/start.tsx";

const place = parseResident(location.pathname);
// On a wide screen a stop lies open beside the map of the whole town.
const isAlone = place && (place.page !== "stop" || matchMedia(NARROW).matches);

const root = document.getElementById("root");
// On a slow line each further file costs half a second: passengers' pages begin with this one. It must not be awaited here: the desks import
// libraries that they share with passengers from this very file, which would wait for itself.
if (root) void (isAlone ? startResident(root) : startDesks(root));

async function startDesks(into: HTMLElement): Promise<void> {
  const page = await import("./page/start.tsx").catch((thrown: unknown) => {
    // A device without a connection keeps only what passengers need.
    if (!place) throw thrown;
    return { start: startResident };
  });
  await page.start(into);
}
