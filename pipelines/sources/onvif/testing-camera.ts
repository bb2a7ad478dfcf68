import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SERVICES } from "./device.ts";

/**
 * An ONVIF camera written for tests from the ONVIF specifications (Media2, masks, pull points, HTTP Digest), which no server on npm or
 * PyPI has: it speaks real SOAP over real HTTP, but it is ours, so it proves that both sides read the specification alike, no more.
 */
export type TestCamera = {
  readonly url: string;
  /** What it was asked, by the name of the request. */
  readonly asked: string[];
  /** Notifications of the next pull. */
  readonly notices: string[];
  /** The whole of what was sent to it. */
  readonly received: string[];
  close(): void;
};

type Manner = {
  readonly password: string;
  /** How it wants to know who asks. */
  readonly security: "token" | "http-digest";
  /** How far its clock is off. */
  readonly clock_off_ms?: number;
  /** Answers of its own instead of the right ones, by the name of the request. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Masks, as they stand in `GetMasksResponse`. */
  readonly masks?: string;
};

const MASK = `<tr2:Masks token="m1"><tr2:ConfigurationToken>vsc</tr2:ConfigurationToken>
  <tr2:Polygon><tt:Point x="-1" y="1"/><tt:Point x="-0.5" y="1"/><tt:Point x="-0.5" y="0"/><tt:Point x="-1" y="0"/></tr2:Polygon>
  <tr2:Type>Color</tr2:Type><tr2:Enabled>true</tr2:Enabled></tr2:Masks>`;
const PROFILE = (token: string, encoding: string, width: number, height: number) =>
  `<tr2:Profiles token="${token}" fixed="true"><tr2:Name>${token} &amp; more</tr2:Name><tr2:Configurations>
    <tr2:VideoSource token="vsc"><tt:Name>s</tt:Name></tr2:VideoSource>
    <tr2:VideoEncoder token="e" GovLength="50"><tt:Encoding>${encoding}</tt:Encoding>
      <tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution>
      <tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit></tt:RateControl></tr2:VideoEncoder>
  </tr2:Configurations></tr2:Profiles>`;

const md5 = (...parts: readonly string[]) => createHash("md5").update(parts.join(":")).digest("hex");

/** Whether a message's token is right: the digest fits, and it is of the camera's own time. */
function tokenFits(message: string, password: string, now_ms: number): boolean {
  const part = (name: string) => new RegExp(`<\\w+:${name}(?:\\s[^>]*)?>([^<]*)<`).exec(message)?.[1] ?? "";
  const created = part("Created");
  const digest = createHash("sha1")
    .update(Buffer.from(part("Nonce"), "base64"))
    .update(created)
    .update(password);
  const fresh = Math.abs(Date.parse(created) - now_ms) < 60_000;
  return fresh && part("Username") === "operator" && part("Password") === digest.digest("base64");
}

function digestFits({ headers, url = "" }: IncomingMessage, password: string): boolean {
  const given = headers.authorization ?? "";
  const [, cnonce = ""] = /cnonce="(\w+)"/.exec(given) ?? [];
  const who = md5("operator", "onvif", password);
  return given.includes(`response="${md5(who, "n0nce", "00000001", cnonce, "auth", md5("POST", url))}"`);
}

export async function startTestCamera(manner: Manner): Promise<TestCamera> {
  const { password, security, clock_off_ms = 0, instead = {}, masks = MASK } = manner;
  const [asked, notices, received]: [string[], string[], string[]] = [[], [], []];
  const camera_ms = () => Date.now() + clock_off_ms;
  let url = "";

  const answers: Readonly<Record<string, () => string>> = {
    GetSystemDateAndTime: () => dateAnswer(camera_ms()),
    // As behind a router: an address of its own that leads nowhere from here.
    GetServices: () =>
      `<tds:GetServicesResponse>${Object.entries(SERVICES)
        .map(
          ([name, ns]) =>
            `<tds:Service><tds:Namespace>${ns}</tds:Namespace><tds:XAddr>http://192.0.2.1/onvif/${name}</tds:XAddr></tds:Service>`,
        )
        .join("")}</tds:GetServicesResponse>`,
    GetProfiles: () =>
      `<tr2:GetProfilesResponse>${PROFILE("main", "H265", 3840, 2160)}${PROFILE("sub", "H264", 640, 360)}</tr2:GetProfilesResponse>`,
    GetStreamUri: () =>
      "<tr2:GetStreamUriResponse><tr2:Uri>rtsp://u:p@192.0.2.1:554/s?x=1&amp;y=2</tr2:Uri></tr2:GetStreamUriResponse>",
    GetMasks: () => `<tr2:GetMasksResponse>${masks}</tr2:GetMasksResponse>`,
    CreatePullPointSubscription: () =>
      `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>http://192.0.2.1/onvif/sub?id=7</wsa:Address></tev:SubscriptionReference></tev:CreatePullPointSubscriptionResponse>`,
    PullMessages: () => `<tev:PullMessagesResponse>${notices.splice(0).join("")}</tev:PullMessagesResponse>`,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await text(request);
    received.push(message + JSON.stringify(request.headers));
    const [, name = ""] = /<\w+:Body><\w+:(\w+)/.exec(message) ?? [];
    asked.push(`${name} ${request.url}`);
    const open = name === "GetSystemDateAndTime";
    if (!open && security === "http-digest" && !digestFits(request, password)) {
      response
        .writeHead(401, { "www-authenticate": 'Digest realm="onvif", qop="auth", nonce="n0nce"' })
        .end();
      return;
    }
    if (!open && security === "token" && !tokenFits(message, password, camera_ms())) {
      response.writeHead(400).end(envelope(NOT_AUTHORIZED));
      return;
    }
    response.end(instead[name] ?? envelope(answers[name]?.() ?? UNKNOWN));
  }

  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://operator:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    notices,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const NAMESPACES =
  'xmlns:tt="x" xmlns:tr2="x" xmlns:tds="x" xmlns:tev="x" xmlns:wsa="x" xmlns:ter="x" xmlns:wsnt="x"';
const envelope = (body: string) =>
  `<?xml version="1.0"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" ${NAMESPACES}><env:Body>${body}</env:Body></env:Envelope>`;
const fault = (code: string, reason: string) =>
  `<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>${code}</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">${reason}</env:Text></env:Reason></env:Fault>`;
const NOT_AUTHORIZED = fault("ter:NotAuthorized", "The action requested requires authorization");
const UNKNOWN = fault("ter:ActionNotSupported", "Optional action not implemented");

function dateAnswer(at_ms: number): string {
  const at = new Date(at_ms);
  const part = (name: string, value: number) => `<tt:${name}>${value}</tt:${name}>`;
  const time =
    part("Hour", at.getUTCHours()) + part("Minute", at.getUTCMinutes()) + part("Second", at.getUTCSeconds());
  const date =
    part("Year", at.getUTCFullYear()) + part("Month", at.getUTCMonth() + 1) + part("Day", at.getUTCDate());
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${date}</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}

/** A notification as cameras with analytics send it. */
export function notification(
  topic: string,
  operation: string,
  data: Readonly<Record<string, string>>,
): string {
  const items = Object.entries(data).map(
    ([name, value]) => `<tt:SimpleItem Name="${name}" Value="${value}"/>`,
  );
  return `<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">${topic}</wsnt:Topic>
    <wsnt:Message><tt:Message UtcTime="2026-11-30T05:00:00Z" PropertyOperation="${operation}">
      <tt:Source><tt:SimpleItem Name="VideoSourceConfigurationToken" Value="vsc"/><tt:SimpleItem Name="Rule" Value="Gate line"/></tt:Source>
      <tt:Data>${items.join("")}</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;
}
