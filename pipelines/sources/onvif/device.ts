import { randomBytes } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { guardedRequest, readBody } from "../http/guarded-request.ts";
import type { CameraAddress } from "../video/camera-address.ts";
import { soapBody, soapMessage } from "./soap.ts";
import { findNode, findNumber, findText, listNodes, type XmlNode } from "./xml.ts";

/** A camera with sixty profiles answers with 300 kB. */
const ANSWER_BYTES_MAX = 2 * 1024 * 1024;
const NONCE_BYTES = 16;
const DEFAULT_PATH = "/onvif/device_service";

/** Namespaces of the services that we use, by our own short names. */
export const SERVICES = {
  device: "http://www.onvif.org/ver10/device/wsdl",
  media: "http://www.onvif.org/ver10/media/wsdl",
  media2: "http://www.onvif.org/ver20/media/wsdl",
  events: "http://www.onvif.org/ver10/events/wsdl",
  ptz: "http://www.onvif.org/ver20/ptz/wsdl",
} as const;
export type Service = keyof typeof SERVICES;

/** A device that answers ONVIF. All of its services are asked on the one host that the town's file names. */
export type OnvifDevice = {
  /** What the town's file names; services and streams elsewhere are not believed. */
  readonly url: URL;
  has(service: Service): boolean;
  /**
   * Sends one request and gives the body of the answer. @param body with the prefix `t` for the service's own namespace.
   * @throws AppError `ONVIF_MISSING` (no such service), as `soapBody` and `guardedRequest` do.
   */
  ask(service: Service, body: string): Promise<XmlNode>;
  /** The same, sent to an address that the device gave (a subscription), of which path and query alone are believed. */
  askAt(address: string, service: Service, body: string): Promise<XmlNode>;
  readonly clock_off_ms: number;
};

type World = { readonly clock: Clock; readonly signal?: AbortSignal };

/**
 * Gets to know a device: its clock (tokens must be of its time), then its services.
 * @param address `http(s)://user:password@host[:port][/path]`.
 */
export async function openOnvif(address: CameraAddress, { clock, signal }: World): Promise<OnvifDevice> {
  if (!address.scheme.startsWith("http")) {
    throw new AppError(
      "CAMERA_ADDRESS",
      "An ONVIF device is named by an address that begins with http:// or https://",
    );
  }
  const { url, credentials } = address.parts();
  if (url.pathname === "/") url.pathname = DEFAULT_PATH;
  let clock_off_ms = 0;

  async function send(to: URL, service: Service, body: string, known: boolean): Promise<XmlNode> {
    const named = body.replace(/<t:(\w+)/, `<t:$1 xmlns:t="${SERVICES[service]}"`);
    const created_ms = clock.now_ms() + clock_off_ms;
    const token =
      known && credentials ? { ...credentials, created_ms, nonce: randomBytes(NONCE_BYTES) } : undefined;
    const answer = await guardedRequest({
      url: to,
      namedBy: "town",
      ...(known && credentials && { credentials }),
      ...(signal && { signal }),
      headers: { "content-type": "application/soap+xml; charset=utf-8" },
      body: soapMessage(named, token),
    });
    const text = (await readBody(answer, ANSWER_BYTES_MAX)).toString("utf8");
    if (answer.statusCode === 401)
      throw new AppError("ONVIF_REFUSED", "The device refuses the user name or password");
    return soapBody(text);
  }

  const date = await send(url, "device", "<t:GetSystemDateAndTime/>", false).catch(() => undefined);
  const device_ms = timeOf(date);
  if (device_ms !== undefined) clock_off_ms = device_ms - clock.now_ms();
  const services = await listServices((body) => send(url, "device", body, true));
  const addressOf = (service: Service): URL => {
    if (service === "device") return url;
    const given = services.get(SERVICES[service]);
    if (given === undefined) throw new AppError("ONVIF_MISSING", `The device has no ${service} service`);
    return onHost(url, given);
  };
  return {
    url,
    clock_off_ms,
    has: (service) => service === "device" || services.has(SERVICES[service]),
    ask: async (service, body) => send(addressOf(service), service, body, true),
    askAt: (given, service, body) => send(onHost(url, given), service, body, true),
  };
}

/** An address that a device gives, on the host that we know; its port only where it names that same host. */
export function onHost(known: URL, given: string): URL {
  const url = URL.parse(given, known);
  const ours = new URL(known);
  if (!url) return ours;
  if (url.hostname === known.hostname && /^https?:$/.test(url.protocol)) ours.port = url.port;
  ours.pathname = url.pathname;
  ours.search = url.search;
  return ours;
}

/** XAddr of each service by its namespace; from GetCapabilities where GetServices is not known (before ONVIF 2.1). */
async function listServices(ask: (body: string) => Promise<XmlNode>): Promise<ReadonlyMap<string, string>> {
  try {
    const body = await ask("<t:GetServices><t:IncludeCapability>false</t:IncludeCapability></t:GetServices>");
    const listed = listNodes(body, ["GetServicesResponse", "Service"]).map(
      (each) => [findText(each, "Namespace") ?? "", findText(each, "XAddr") ?? ""] as const,
    );
    if (listed.length > 0) return new Map(listed);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== "ONVIF_FAULT") throw thrown;
  }
  const body = await ask("<t:GetCapabilities><t:Category>All</t:Category></t:GetCapabilities>");
  const capabilities = findNode(body, "GetCapabilitiesResponse", "Capabilities");
  const old = [
    ["Media", SERVICES.media],
    ["Events", SERVICES.events],
    ["PTZ", SERVICES.ptz],
  ] as const;
  return new Map(
    old.flatMap(([name, namespace]) => {
      const given = findText(capabilities, name, "XAddr");
      return given === undefined ? [] : [[namespace, given] as const];
    }),
  );
}

function timeOf(body: XmlNode | undefined): number | undefined {
  const utc = findNode(body, "GetSystemDateAndTimeResponse", "SystemDateAndTime", "UTCDateTime");
  const part = (of: string, name: string) => findNumber(utc, of, name);
  const [year, month, day] = ["Year", "Month", "Day"].map((name) => part("Date", name));
  const [hour, minute, second] = ["Hour", "Minute", "Second"].map((name) => part("Time", name));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const at_ms = Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0, second ?? 0);
  return Number.isFinite(at_ms) ? at_ms : undefined;
}
