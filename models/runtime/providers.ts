import { AppError } from "@yardline/domain/errors";
import { env, listSupportedBackends } from "onnxruntime-node";

/** Where a network computes. */
export const PROVIDERS = ["cpu", "openvino", "cuda"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Of onnxruntime: what held on another one has to be shown anew. */
export const RUNTIME_VERSION = env.versions.node ?? env.versions.common;

/** What the runtime was built with; a provider that needs libraries of its own may still fail to load. */
export function listProviders(): readonly string[] {
  return listSupportedBackends().map(({ name }) => name);
}

/** @throws AppError `DETECTOR_PROVIDER` that names what there is. */
export function checkProvider(provider: Provider, there: readonly string[] = listProviders()): void {
  if (there.includes(provider)) return;
  const message = `this machine's onnxruntime cannot compute on ${provider}; it has ${there.join(", ")}. Set the provider to one of these`;
  throw new AppError("DETECTOR_PROVIDER", message);
}
