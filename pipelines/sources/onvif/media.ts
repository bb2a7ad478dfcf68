import type { Polygon } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";
import type { OnvifDevice } from "./device.ts";
import { escaped, findNode, findNumber, findText, listNodes, type XmlNode } from "./xml.ts";

const PROFILES_MAX = 64;
const MASKS_MAX = 64;
const CORNERS_MAX = 64;

/** One way in which a device gives its pictures. */
export type OnvifProfile = {
  readonly token: string;
  readonly name: string;
  /** `H264`, `H265`, `JPEG` … */
  readonly encoding: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly fps: number;
  /** The video source's configuration, to which masks belong. */
  readonly source: string;
};

/** An area that the camera itself covers. */
export type OnvifMask = {
  readonly token: string;
  readonly source: string;
  /** `Color`, `Pixelated`, `Blurred` … */
  readonly type: string;
  readonly enabled: boolean;
  /** In fractions of the picture, from its top-left. */
  readonly polygon: Polygon;
};

/** The profiles of a device, by Media2 (profile T) where it has that, else by Media (profile S). */
export async function listProfiles(device: OnvifDevice): Promise<readonly OnvifProfile[]> {
  if (device.has("media2")) {
    const body = await device.ask("media2", "<t:GetProfiles><t:Type>All</t:Type></t:GetProfiles>");
    return profilesIn(body, ["Configurations", "VideoEncoder"], ["Configurations", "VideoSource"]);
  }
  const body = await device.ask("media", "<t:GetProfiles/>");
  return profilesIn(body, ["VideoEncoderConfiguration"], ["VideoSourceConfiguration"]);
}

function profilesIn(
  body: XmlNode,
  encoder: readonly string[],
  source: readonly string[],
): readonly OnvifProfile[] {
  return listNodes(body, ["GetProfilesResponse", "Profiles"])
    .slice(0, PROFILES_MAX)
    .map((each) => ({
      token: findText(each, "@token") ?? "",
      name: findText(each, "Name") ?? "",
      encoding: findText(each, ...encoder, "Encoding") ?? "",
      width_px: findNumber(each, ...encoder, "Resolution", "Width") ?? 0,
      height_px: findNumber(each, ...encoder, "Resolution", "Height") ?? 0,
      fps: findNumber(each, ...encoder, "RateControl", "FrameRateLimit") ?? 0,
      source: findText(each, ...source, "@token") ?? "",
    }))
    .filter(({ token }) => token !== "");
}

/**
 * Where a profile's stream is: on the host that the town's file names, whatever the device says of its own address (behind a router it
 * says one that leads nowhere). Without user and password.
 */
export async function getStreamAddress(device: OnvifDevice, profile: string): Promise<string> {
  const token = `<t:ProfileToken>${escaped(profile)}</t:ProfileToken>`;
  const schema = "http://www.onvif.org/ver10/schema";
  const setup = `<t:StreamSetup><x:Stream xmlns:x="${schema}">RTP-Unicast</x:Stream><x:Transport xmlns:x="${schema}"><x:Protocol>RTSP</x:Protocol></x:Transport></t:StreamSetup>`;
  const body = device.has("media2")
    ? await device.ask("media2", `<t:GetStreamUri><t:Protocol>RTSP</t:Protocol>${token}</t:GetStreamUri>`)
    : await device.ask("media", `<t:GetStreamUri>${setup}${token}</t:GetStreamUri>`);
  return addressIn(device, body, "GetStreamUriResponse");
}

/** Where a profile's still is; the same holds for it. */
export async function getSnapshotAddress(device: OnvifDevice, profile: string): Promise<string> {
  const service = device.has("media2") ? "media2" : "media";
  const ask = `<t:GetSnapshotUri><t:ProfileToken>${escaped(profile)}</t:ProfileToken></t:GetSnapshotUri>`;
  return addressIn(device, await device.ask(service, ask), "GetSnapshotUriResponse");
}

function addressIn(device: OnvifDevice, body: XmlNode, answer: string): string {
  const given = findText(body, answer, "MediaUri", "Uri") ?? findText(body, answer, "Uri") ?? "";
  const url = URL.parse(given);
  if (!url || !/^(rtsps?|https?):$/.test(url.protocol)) {
    throw new AppError("ONVIF_BROKEN", "The device names a stream that is no address");
  }
  url.username = "";
  url.password = "";
  url.hostname = device.url.hostname;
  return url.href;
}

/** The areas that a device covers by itself. Media2 alone knows them; coordinates go from −1 to 1, upwards. */
export async function listMasks(device: OnvifDevice): Promise<readonly OnvifMask[]> {
  const body = await device.ask("media2", "<t:GetMasks/>");
  const share = (value: number | undefined, sign: 1 | -1) =>
    Math.min(1, Math.max(0, (1 + sign * (value ?? 0)) / 2));
  return listNodes(body, ["GetMasksResponse", "Masks"])
    .slice(0, MASKS_MAX)
    .map((each) => ({
      token: findText(each, "@token") ?? "",
      source: findText(each, "ConfigurationToken") ?? "",
      type: findText(each, "Type") ?? "",
      enabled: findText(each, "Enabled") === "true",
      polygon: listNodes(findNode(each, "Polygon"), ["Point"])
        .slice(0, CORNERS_MAX)
        .map((point) => [share(findNumber(point, "@x"), 1), share(findNumber(point, "@y"), -1)] as const),
    }));
}
