import { AppError } from "@yardline/domain/errors";
import { allowedAddress } from "@yardline/sources/http/address-policy";
import type { CameraConfig } from "./camera-config.ts";
import { judgeTownConfig, type TownConfig } from "./config.ts";
import type { PlacedProblem } from "./read-settings.ts";
import { type KeptSetting, type Section, withKept } from "./section-settings.ts";
import { addressesIn } from "./section-values.ts";

type Judged = {
  readonly base: TownConfig;
  /** What pages have set besides. */
  readonly others: readonly KeptSetting[];
  /** Those of pages; undefined where `base` has them. */
  readonly cameras: readonly CameraConfig[] | undefined;
};

/** What is wrong with a section among all others, and with one that was typed on a page at all. */
export async function judgeSection(
  section: Section,
  value: unknown,
  { base, others, cameras }: Judged,
): Promise<readonly PlacedProblem[]> {
  const whole = withKept(base, [...others, { id: section, value }]);
  return [
    ...judgeTownConfig({ ...whole, ...(cameras && { cameras }) }),
    ...(await leadingNear(section, value)),
    ...ofTheMachine(section, value),
  ];
}

/** Addresses that were typed on a page lead to no service of this machine: what is behind these trusts whoever comes from here. */
async function leadingNear(section: Section, value: unknown): Promise<readonly PlacedProblem[]> {
  const found = await Promise.all(
    addressesIn(value).map(async ({ path, address }) => {
      const host = URL.parse(address)?.hostname;
      if (!host || !(await isNear(host))) return [];
      return [
        { path: [section, ...path], message: "leads to this machine, to its link or to a cloud's own" },
      ];
    }),
  );
  return found.flat();
}

/** A name that nobody knows now may be known later. */
async function isNear(host: string): Promise<boolean> {
  try {
    await allowedAddress(host, "network");
    return false;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return thrown.code === "ADDRESS_FORBIDDEN";
  }
}

/** Folders and printers that keep proofs are this machine's. */
function ofTheMachine(section: Section, value: unknown): readonly PlacedProblem[] {
  if (section !== "audit" || !Object.hasOwn(Object(value), "checkpoints")) return [];
  return [{ path: [section, "checkpoints"], message: "stand in a town.yaml alone" }];
}
