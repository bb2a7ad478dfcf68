import type { AppError } from "@yardline/domain/errors";
import type { Logger } from "pino";
import { Counter } from "prom-client";

const refused = new Counter({
  name: "yardline_camera_settings_refused_total",
  help: "Times that what pages set up could not be taken into use; the cameras before stay.",
});

const sectionsRefused = new Counter({
  name: "yardline_settings_refused_total",
  help: "Times that settings of pages could not be taken into use; those before stay.",
});

export function settingsRefused(log: Logger, { code, message }: AppError): void {
  sectionsRefused.inc();
  log.error({ code, reason: message }, "What pages set cannot be used; the settings before stay.");
}

export function cameraSettingsRefused(log: Logger, { code, message }: AppError): void {
  refused.inc();
  log.error({ code, reason: message }, "What pages set up cannot be used; the cameras before stay.");
}
