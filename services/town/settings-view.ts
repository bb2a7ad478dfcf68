import type { SettingsView } from "@yardline/api/settings-parts";
import type { CameraConfig } from "./camera-config.ts";
import { cameraSettings, ownerOfCameras } from "./camera-settings.ts";
import type { LiveSettings } from "./live-settings.ts";
import { ownerOfRest } from "./section-settings.ts";
import { SectionSettings } from "./section-view.ts";
import { shownSettings } from "./shown-settings.ts";
import type { SecretSite, Site } from "./site.ts";

type SettingsSite = SecretSite & Pick<Site, "config" | "now" | "clock">;

/** All settings, as they may be shown; those of cameras and the sections that pages own, as they may be changed. */
export function settingsView(
  site: SettingsSite,
  settings: LiveSettings,
  simulated: boolean,
): SettingsView<CameraConfig> {
  const owner = ownerOfRest(site, simulated);
  return {
    owner,
    get shown() {
      const { cameras: _, ...rest } = site.now();
      return Object(shownSettings(rest));
    },
    cameras: cameraSettings(site, ownerOfCameras(site, simulated)),
    sections: new SectionSettings({ ...site, settings }, owner),
  };
}
