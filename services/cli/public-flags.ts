import type { TownConfig } from "@yardline/town/config";
import { type Given, optionalFlag, UsageError } from "./verb.ts";

const text = { type: "string" } as const;

/** Serving everybody; of verbs that open the page. */
export const PUBLIC_FLAGS = {
  public: { ...text, help: "The town's name on the network (town.example): serve everybody, over TLS." },
  certificate: { ...text, help: "With --public: a PEM file; without it one is obtained and renewed." },
  key: { ...text, help: "With --certificate: its key, a PEM file." },
};

/**
 * The settings with what the flags say about serving everybody.
 * @throws UsageError for flags that need others.
 */
export function withPublic(config: TownConfig | undefined, asked: Given): TownConfig | undefined {
  const [name, certificate, key] = ["public", "certificate", "key"].map((flag) => optionalFlag(asked, flag));
  if (name === undefined) {
    if ((certificate ?? key) === undefined) return config;
    throw new UsageError("--certificate and --key are for --public NAME");
  }
  if ((certificate === undefined) !== (key === undefined)) {
    throw new UsageError("--certificate needs --key, and --key needs --certificate");
  }
  if (!config)
    throw new UsageError(
      "--public needs a town of your own: in the invented one everybody may do everything",
    );
  const files = certificate !== undefined && key !== undefined && { certificate, key };
  return { ...config, public: { ...config.public, name, ...files } };
}
