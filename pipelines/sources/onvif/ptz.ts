import type { OnvifDevice } from "./device.ts";
import { escaped, findText, listNodes } from "./xml.ts";

const PRESETS_MAX = 500;

export type Preset = { readonly token: string; readonly name: string };

/** The views that were saved in a camera that moves. */
export async function listPresets(device: OnvifDevice, profile: string): Promise<readonly Preset[]> {
  const body = await device.ask("ptz", `<t:GetPresets>${profileToken(profile)}</t:GetPresets>`);
  return listNodes(body, ["GetPresetsResponse", "Preset"])
    .slice(0, PRESETS_MAX)
    .map((each) => ({ token: findText(each, "@token") ?? "", name: findText(each, "Name") ?? "" }))
    .filter(({ token }) => token !== "");
}

/** Turns the camera to a saved view. Masks that we paint hold for one view only: such a camera must have none of ours. */
export async function gotoPreset(device: OnvifDevice, profile: string, preset: string): Promise<void> {
  const wanted = `<t:PresetToken>${escaped(preset)}</t:PresetToken>`;
  await device.ask("ptz", `<t:GotoPreset>${profileToken(profile)}${wanted}</t:GotoPreset>`);
}

function profileToken(profile: string): string {
  return `<t:ProfileToken>${escaped(profile)}</t:ProfileToken>`;
}
