import { NARROW } from "./page/narrow.ts";
import { parseResident } from "./resident/address.ts";

const asResident = () => import("./resident/start.tsx");
const place = parseResident(location.pathname);
// On a wide screen a stop lies open beside the map of the whole town.
const isAlone = place && (place.page !== "stop" || matchMedia(NARROW).matches);

const root = document.getElementById("root");
if (root) {
  const page = isAlone ? asResident() : import("./page/start.tsx");
  // A device without a connection keeps only what passengers need.
  const { start } = await page.catch((thrown: unknown) => {
    if (!place) throw thrown;
    return asResident();
  });
  await start(root);
}
