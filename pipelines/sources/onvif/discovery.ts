import { randomUUID } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { mayConnect } from "../http/address-policy.ts";
import { findNode, findText, listNodes, parseXml } from "./xml.ts";

const GROUP = "239.255.255.250";
const PORT = 3702;
const DEVICES_MAX = 256;
const ANSWER_BYTES_MAX = 32 * 1024;
const TEXT_LENGTH_MAX = 200;

/** A device that answered. */
export type FoundDevice = {
  /** Its ONVIF address, for the file that the town writes; user and password are still to be put in. */
  readonly address: string;
  readonly name: string;
  readonly hardware: string;
};

type Where = { readonly group?: string; readonly port?: number; readonly namedBy?: "town" | "network" };

/**
 * Asks the network which cameras there are (WS-Discovery 1.0, ONVIF Core 7). A device may speak only for itself: an address on another
 * host than the one that answered is dropped.
 */
export async function discoverDevices(
  listen_ms: number,
  signal: AbortSignal,
  { group = GROUP, port = PORT, namedBy = "network" }: Where = {},
): Promise<readonly FoundDevice[]> {
  const found = new Map<string, FoundDevice>();
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", (data, from) => {
    if (found.size >= DEVICES_MAX || data.length > ANSWER_BYTES_MAX || !mayConnect(from.address, namedBy))
      return;
    for (const device of devicesIn(data.toString("utf8"), from.address)) found.set(device.address, device);
  });
  socket.on("error", () => undefined);
  socket.bind(0);
  try {
    await once(socket, "listening", { signal });
    // Datagrams get lost; the second question finds whom the first one missed.
    for (const share of [0.3, 0.7]) {
      socket.send(probe(), port, group);
      await delay(listen_ms * share, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    socket.close();
  }
  return [...found.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function probe(): string {
  const addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
  const discovery = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${addressing}" xmlns:d="${discovery}">`,
    `<s:Header><a:Action>${discovery}/Probe</a:Action><a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>`,
    "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>",
    '<s:Body><d:Probe><d:Types xmlns:n="http://www.onvif.org/ver10/network/wsdl">n:NetworkVideoTransmitter</d:Types></d:Probe></s:Body>',
    "</s:Envelope>",
  ].join("");
}

/** The devices in one answer; none in what cannot be read. */
export function devicesIn(text: string, from: string): readonly FoundDevice[] {
  try {
    const body = findNode(parseXml(text), "Envelope", "Body");
    // Some cameras leave the list around their one match out.
    const matches = [...listNodes(body, ["ProbeMatches", "ProbeMatch"]), ...listNodes(body, ["ProbeMatch"])];
    return matches.flatMap((match) => {
      const own = (findText(match, "XAddrs") ?? "")
        .split(/\s+/)
        .flatMap((each) => URL.parse(each) ?? [])
        .find(({ hostname, protocol }) => hostname === from && /^https?:$/.test(protocol));
      const scopes = (findText(match, "Scopes") ?? "").split(/\s+/);
      return own
        ? [{ address: own.href, name: scopeOf(scopes, "name"), hardware: scopeOf(scopes, "hardware") }]
        : [];
    });
  } catch {
    return [];
  }
}

function scopeOf(scopes: readonly string[], kind: string): string {
  const prefix = `onvif://www.onvif.org/${kind}/`;
  const scope = scopes
    .find((each) => each.startsWith(prefix))
    ?.slice(prefix.length, prefix.length + TEXT_LENGTH_MAX);
  try {
    return decodeURIComponent(scope ?? "").replaceAll(/[^\P{C}]/gu, " ");
  } catch {
    return scope ?? "";
  }
}
