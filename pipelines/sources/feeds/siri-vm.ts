import { AppError } from "@yardline/domain/errors";
import { findNode, findNumber, findText, isNode, listNodes, parseXml, type XmlNode } from "../onvif/xml.ts";
import { findFix } from "../trackers/reported-fix.ts";
import {
  broken,
  defineFeed,
  type FeedContent,
  type FeedFix,
  type LeftOut,
  named,
  openContent,
} from "./feed.ts";

/** Some 3 KB a vehicle with all its calls: 4,000 vehicles. */
const BYTES_MAX = 12 * 1024 * 1024;
/** 20,000 vehicles with no more than their place, or 5,000 with their calls; each costs some 200 bytes once it is parsed. */
const TAGS_MAX = 600_000;
/** Of one tag with its attributes, or one comment. */
const TAG_CHARS_MAX = 8_000;
const WORDS_CHARS_MAX = 200;

/** Where deliveries stand: in plain SIRI, and in SOAP around it. */
const DELIVERIES = [
  ["Siri", "ServiceDelivery"],
  ["Envelope", "Body", "GetVehicleMonitoringResponse", "Answer"],
  ["Envelope", "Body", "NotifyVehicleMonitoring", "Notification"],
] as const;

/**
 * Vehicle monitoring of SIRI 1.x and 2.x, asked for by GET. Driver and crew, which SIRI has fields for, are passed over. A document type
 * is refused before parsing, so that there are no entities to expand.
 * @see https://www.siri-cen.eu/
 */
export const siriVm = defineFeed({
  name: "siri-vm",
  way: "poll",
  accept: "application/xml, text/xml",
  bytes_max: BYTES_MAX,
  settings: {},
  open:
    () =>
    ({ bytes }) =>
      readDelivery(parsed(new TextDecoder().decode(bytes))),
});

/** Small tags by the million become objects by the million, so they are counted before anything is parsed. */
function refuseBomb(text: string): void {
  let tags = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const end = text.indexOf(">", at);
    if (++tags > TAGS_MAX || (end < 0 ? text.length : end) - at > TAG_CHARS_MAX) {
      throw broken("its XML has more tags, or longer ones, than any town's vehicles need");
    }
    if (end < 0) return;
  }
}

function parsed(text: string): XmlNode {
  refuseBomb(text);
  try {
    return parseXml(text);
  } catch {
    throw broken("it is no XML, or has a document type, which is not taken");
  }
}

function readDelivery(document: XmlNode): FeedContent {
  const services = DELIVERIES.flatMap((path) => listNodes(document, path));
  if (services.length === 0) throw broken("it holds no SIRI service delivery");
  const deliveries = services.flatMap((each) => listNodes(each, ["VehicleMonitoringDelivery"]));
  for (const part of [...services, ...deliveries]) refuseFailed(part);
  if (deliveries.length === 0) throw broken("it holds no VehicleMonitoringDelivery");
  const content = openContent();
  for (const activity of deliveries.flatMap((each) => listNodes(each, ["VehicleActivity"]))) {
    content.add(readActivity(activity));
  }
  const made_at_ms = [...deliveries, ...services]
    .map((each) => momentIn(each, "ResponseTimestamp"))
    .find(Boolean);
  return content.done(made_at_ms);
}

/** @throws AppError `FEED_REFUSED` with the producer's own words, which tell what it wants (a key, a smaller question). */
function refuseFailed(part: unknown): void {
  if (findText(part, "Status") !== "false") return;
  const condition = findNode(part, "ErrorCondition");
  const kind = isNode(condition) ? Object.keys(condition).find((name) => name !== "Description") : undefined;
  const words = findText(condition, "Description") ?? (kind && findText(condition, kind, "ErrorText"));
  const said = [kind, words].filter(Boolean).join(": ").replaceAll(/\s+/g, " ").slice(0, WORDS_CHARS_MAX);
  throw new AppError("FEED_REFUSED", `The feed answers that it cannot: ${said || "it does not say why"}`, {
    retryable: true,
  });
}

function readActivity(activity: unknown): FeedFix | LeftOut {
  const journey = findNode(activity, "MonitoredVehicleJourney");
  const fix = findFix({
    latitude: findNumber(journey, "VehicleLocation", "Latitude") ?? Number.NaN,
    longitude: findNumber(journey, "VehicleLocation", "Longitude") ?? Number.NaN,
    at_ms: momentIn(activity, "RecordedAtTime"),
    speed_mps: findNumber(journey, "Velocity"),
    course_deg: findNumber(journey, "Bearing"),
    buffered: true,
  });
  if (!fix) return "no-place";
  if (fix.at_ms === undefined) return "no-time";
  const dated = ["FramedVehicleJourneyRef", "DatedVehicleJourneyRef"];
  const day = findText(journey, "FramedVehicleJourneyRef", "DataFrameRef") ?? "";
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)/.exec(day) ?? [];
  return {
    ...fix,
    vehicle: findText(journey, "VehicleRef")?.trim() ?? "",
    ...named("trip_id", findText(journey, ...dated)),
    ...(year !== undefined && { start_date: `${year}${month}${date}` }),
    ...named("route_id", findText(journey, "LineRef")),
    ...named("block_id", findText(journey, "BlockRef")),
  };
}

/** SIRI's times carry a zone; without one nobody could tell which is meant. */
function momentIn(part: unknown, name: string): number | undefined {
  const text = findText(part, name) ?? "";
  const at_ms = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at_ms) ? undefined : at_ms;
}
