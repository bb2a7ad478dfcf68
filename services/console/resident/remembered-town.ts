import type { KnownTown } from "./resident-app.tsx";

const KEY = "yardline.town";

/** The town as it last said: its name and zone are needed without a connection too. */
export function rememberedTown(storage: Pick<Storage, "getItem">): KnownTown | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? "null");
    return isTown(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function rememberTown(
  storage: Pick<Storage, "setItem">,
  { name, timezone, simulated }: KnownTown,
): void {
  try {
    storage.setItem(KEY, JSON.stringify({ name, timezone, simulated }));
  } catch {
    // Without it the town has no name until it answers.
  }
}

function isTown(value: unknown): value is KnownTown {
  if (typeof value !== "object" || value === null) return false;
  const { name, timezone, simulated } = value as Partial<KnownTown>;
  return typeof name === "string" && typeof timezone === "string" && typeof simulated === "boolean";
}
