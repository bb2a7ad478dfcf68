import { setTimeout as delay } from "node:timers/promises";
import type { Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { OnvifDevice } from "./device.ts";
import { escaped, findNode, findText, isNode, listNodes } from "./xml.ts";

const SUBSCRIBED_S = 60;
/** Shorter than a device's silence is borne. */
const PULL_S = 3;
const NOTICES_MAX = 100;
const ITEMS_MAX = 32;
const TEXT_LENGTH_MAX = 300;
const RULE_LENGTH_MAX = 64;
/** A device that answers at once each time is not asked more often. */
const PULL_EVERY_MS_MIN = 200;

/** What a camera says that it saw (ONVIF profiles S, T and M). */
export type CameraNotice = {
  /** Without prefixes, as in `RuleEngine/LineDetector/Crossed`. */
  readonly topic: string;
  /** The camera's own time. */
  readonly at_ms: EpochMs | undefined;
  readonly operation: "Initialized" | "Deleted" | "Changed" | undefined;
  /** `VideoSourceConfigurationToken`, `Rule` … */
  readonly source: Readonly<Record<string, string>>;
  /** `IsInside`, `State`, `ObjectId` … */
  readonly data: Readonly<Record<string, string>>;
};

/** What a camera's own analytics found, in our rules' words. */
export type CameraFinding = {
  readonly kind: keyof typeof TOPICS;
  /** For what lasts: whether it begins or is over. */
  readonly active: boolean;
  /** Whether the camera will say when it is over; what happens at one moment is only ever said once. */
  readonly lasts: boolean;
  readonly at_ms: EpochMs | undefined;
  /** The rule's name in the camera. */
  readonly rule: string;
  readonly object: string | undefined;
  readonly label: Label | undefined;
};

/** Topics of the analytics and device services (ONVIF Analytics, annex A; Imaging, 8) by what our rules call it. */
const TOPICS = {
  "line-crossing": /^RuleEngine\/(LineDetector|LineCounting)\//,
  presence: /^RuleEngine\/(FieldDetector|ObjectDetection)\//,
  loitering: /^RuleEngine\/LoiteringDetector\//,
  "left-object": /^RuleEngine\/(AbandonedObjectDetector|ObjectAbandoned)/,
  "removed-object": /^RuleEngine\/(RemovedObjectDetector|ObjectRemoved)/,
  motion: /^(RuleEngine\/CellMotionDetector|VideoSource\/MotionAlarm|RuleEngine\/MotionRegionDetector)/,
  tampering:
    /^(RuleEngine\/TamperDetector|VideoSource\/(ImageTooDark|ImageTooBlurry|GlobalSceneChange|SignalLoss))/,
} as const;

/** A notice in our rules' words; undefined for what none of them is about. */
export function findingOf({
  topic,
  at_ms,
  operation,
  source,
  data,
}: CameraNotice): CameraFinding | undefined {
  const names = Object.keys(TOPICS) as (keyof typeof TOPICS)[];
  const kind = names.find((name) => TOPICS[name].test(topic));
  const state = STATES.map((name) => data[name]).find((value) => value !== undefined);
  // How things are when we begin to listen: a crossing from before is no news, an alarm that goes on is.
  if (kind === undefined || (operation === "Initialized" && state === undefined)) return undefined;
  return {
    kind,
    active: operation !== "Deleted" && state !== "false" && state !== "0",
    lasts: state !== undefined,
    at_ms,
    rule: readable(source["Rule"] ?? source["RuleName"] ?? ""),
    object: data["ObjectId"] ?? source["ObjectId"],
    label: LABELS[(data["ObjectType"] ?? data["ClassTypes"] ?? data["Type"] ?? "").toLowerCase()],
  };
}

const STATES = ["IsInside", "IsMotion", "IsTamper", "IsLoitering", "State"] as const;

/** Types of objects (ONVIF Analytics, `tt:ObjectType`, and what makers write) by our labels. */
const LABELS: Readonly<Record<string, Label>> = {
  human: "person",
  humanbody: "person",
  person: "person",
  car: "car",
  vehicle: "car",
  vehical: "car",
  bus: "bus",
  truck: "truck",
  bicycle: "bicycle",
  bike: "bicycle",
  motorcycle: "motorcycle",
  dog: "dog",
};

function readable(text: string): string {
  return text
    .replaceAll(/[^\P{C}]/gu, " ")
    .trim()
    .slice(0, RULE_LENGTH_MAX);
}

/**
 * What a camera says, as it says it, until `signal` aborts: a pull point is asked again and again, and renewed before it runs out. A
 * device that has stopped answering ends it.
 * @param alive told each time that the device answered, with or without news.
 * @throws AppError as `OnvifDevice.ask` does.
 */
export async function* pullNotices(
  device: OnvifDevice,
  signal: AbortSignal,
  alive: () => void = () => undefined,
): AsyncGenerator<CameraNotice, void, undefined> {
  const lasting = `<t:InitialTerminationTime>PT${SUBSCRIBED_S}S</t:InitialTerminationTime>`;
  const made = await device.ask(
    "events",
    `<t:CreatePullPointSubscription>${lasting}</t:CreatePullPointSubscription>`,
  );
  const reference = ["CreatePullPointSubscriptionResponse", "SubscriptionReference", "Address"];
  const address = findText(made, ...reference) ?? device.url.href;
  const pull = `<t:PullMessages><t:Timeout>PT${PULL_S}S</t:Timeout><t:MessageLimit>${NOTICES_MAX}</t:MessageLimit></t:PullMessages>`;
  let renewed_ms = performance.now();
  while (!signal.aborted) {
    const asked_ms = performance.now();
    const body = await device.askAt(address, "events", pull);
    alive();
    for (const each of listNodes(body, ["PullMessagesResponse", "NotificationMessage"]).slice(
      0,
      NOTICES_MAX,
    )) {
      yield noticeOf(each);
    }
    if (performance.now() - renewed_ms > (SUBSCRIBED_S * 1000) / 2) {
      renewed_ms = performance.now();
      await device.askAt(address, "events", RENEW);
    }
    const passed_ms = performance.now() - asked_ms;
    if (passed_ms < PULL_EVERY_MS_MIN) {
      await delay(PULL_EVERY_MS_MIN - passed_ms, undefined, { signal }).catch(() => undefined);
    }
  }
}

const WSN = "http://docs.oasis-open.org/wsn/b-2";
const RENEW = `<n:Renew xmlns:n="${escaped(WSN)}"><n:TerminationTime>PT${SUBSCRIBED_S}S</n:TerminationTime></n:Renew>`;

function noticeOf(message: unknown): CameraNotice {
  const inner = findNode(message, "Message", "Message");
  const at_ms = Date.parse(findText(inner, "@UtcTime") ?? "");
  const operation = OPERATIONS.find((each) => each === findText(inner, "@PropertyOperation"));
  return {
    topic: (findText(message, "Topic") ?? "").slice(0, TEXT_LENGTH_MAX).replaceAll(/(^|\/)[\w.-]+:/g, "$1"),
    at_ms: Number.isFinite(at_ms) ? at_ms : undefined,
    operation,
    source: itemsOf(findNode(inner, "Source")),
    data: itemsOf(findNode(inner, "Data")),
  };
}

const OPERATIONS = ["Initialized", "Deleted", "Changed"] as const;

function itemsOf(node: unknown): Readonly<Record<string, string>> {
  const items = isNode(node) ? listNodes(node, ["SimpleItem"]).slice(0, ITEMS_MAX) : [];
  return Object.fromEntries(
    items.flatMap((item) => {
      const [name, value] = [findText(item, "@Name"), findText(item, "@Value")];
      return name === undefined || value === undefined
        ? []
        : [[name, value.slice(0, TEXT_LENGTH_MAX)] as const];
    }),
  );
}
