import type { Polygon } from "@yardline/domain/camera";
import { AppError } from "@yardline/domain/errors";
import { chooseStreams } from "@yardline/sources/onvif/choose-streams";
import { type ClaimedMask, compareMasks } from "@yardline/sources/onvif/claimed-masks";
import type { OnvifDevice } from "@yardline/sources/onvif/device";
import { getStreamAddress, listMasks, listProfiles, type OnvifProfile } from "@yardline/sources/onvif/media";
import { findingOf, pullNotices } from "@yardline/sources/onvif/notices";
import { gotoPreset, listPresets } from "@yardline/sources/onvif/ptz";
import type { World } from "./verb.ts";

type Asked = {
  readonly json: boolean;
  /** What the settings say that it covers by itself. */
  readonly claimed: readonly Polygon[] | undefined;
};

/** What a device has: streams and which of them to take, masks and whether they are those of the settings, saved views, its clock. */
export async function describeDevice(device: OnvifDevice, { json, claimed }: Asked): Promise<string> {
  const profiles = await listProfiles(device);
  const streams = await Promise.all(
    profiles.map(async (profile) => ({ ...profile, stream: await getStreamAddress(device, profile.token) })),
  );
  const chosen = chooseStreams(profiles);
  const masks = device.has("media2") ? await orNone(listMasks(device)) : [];
  const views = device.has("ptz") ? await orNone(listPresets(device, profiles[0]?.token ?? "")) : [];
  const compared = claimed && compareMasks(claimed, masks);
  const { clock_off_ms } = device;
  if (json) {
    const take = { main: chosen?.main.token, sub: chosen?.sub?.token };
    return JSON.stringify({ streams, take, masks, claimed: compared, views, clock_off_ms });
  }
  const streamOf = (profile: OnvifProfile | undefined) =>
    streams.find(({ token }) => token === profile?.token)?.stream;
  return [
    ...streams.map(
      ({ token, name, encoding, width_px, height_px, fps, stream }) =>
        `stream  ${stream}  ${encoding} ${width_px}×${height_px} at ${fps} (${name}, ${token})`,
    ),
    ...(chosen ? [`take    ${streamOf(chosen.main)}  as url_file: it is recorded`] : []),
    ...(chosen?.sub ? [`take    ${streamOf(chosen.sub)}  as sub_url_file: it is looked at`] : []),
    ...masks.map(
      ({ token, type, enabled, polygon }) =>
        `mask    ${token} ${type}${enabled ? "" : " (off)"} ${JSON.stringify(polygon)}`,
    ),
    ...(compared ?? []).map(maskLine),
    ...views.map(({ token, name }) => `view    ${token} ${name}`),
    `clock   off by ${Math.round(clock_off_ms / 1000)} s`,
    "Write the stream's address, with user and password, into a file that only the service can read.",
  ].join("\n");
}

function maskLine({ at, covered, agrees }: ClaimedMask): string {
  const share = `${Math.round(covered * 100)} %`;
  return agrees
    ? `claimed area ${at + 1} of the settings is covered by the camera (${share})`
    : `claimed area ${at + 1} of the settings is NOT covered by the camera (${share}): draw it in the camera, in one colour or as a blur`;
}

/** Turns a camera to one of its saved views. */
export async function turnTo(device: OnvifDevice, view: string): Promise<string> {
  const [main] = await listProfiles(device);
  await gotoPreset(device, main?.token ?? "", view);
  return `turned to ${view}`;
}

/** Prints what the device's own analytics see for so long, a JSON line each. */
export async function listenTo(
  device: OnvifDevice,
  seconds: number,
  { signal, stdout }: Pick<World, "signal" | "stdout">,
): Promise<string> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  let heard = 0;
  for await (const notice of pullNotices(device, until)) {
    heard++;
    stdout.write(`${JSON.stringify({ ...notice, finding: findingOf(notice) })}\n`);
  }
  return `${heard} notices`;
}

/** A device may announce a service that it does not carry out. */
async function orNone<Thing>(list: Promise<readonly Thing[]>): Promise<readonly Thing[]> {
  return list.catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === "ONVIF_FAULT") return [];
    throw thrown;
  });
}
