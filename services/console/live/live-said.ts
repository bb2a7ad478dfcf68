import type { Camera } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";
import type { LiveLine, LiveState } from "./live-connection.ts";

/** A picture that is older than this is not called live. */
export const OLD_MS = 3_000;

/** What the API says of a camera that shows nothing, and we of it. */
const NONE: Readonly<Record<string, MessageKey>> = {
  "camera-unknown": "live.none.unknown",
  "partner-request": "live.none.partner",
  "camera-elsewhere": "live.none.elsewhere",
  "camera-closed": "live.none.closed",
  "camera-paused": "live.none.paused",
  "no-picture": "live.none.lost",
  "live-full": "live.none.full",
  "live-proxies-full": "live.none.proxies",
  "purpose-needed": "live.none.purpose",
};

/** What stands in the place of a camera's picture; undefined while there is one. */
export function saidOf(
  state: LiveState,
  line: LiveLine,
  camera: Pick<Camera, "state"> | undefined,
): MessageKey | undefined {
  if (camera?.state === "lost") return "live.none.lost";
  if (camera?.state === "paused") return "live.none.paused";
  if (camera?.state === "closed") return "live.none.closed";
  if (line.kind === "refused")
    return line.status === 0 ? "live.none.unreachable" : (NONE[line.why] ?? "live.none.refused");
  if (state.kind === "none") return NONE[state.why] ?? "live.none.refused";
  if (state.kind === "unplayable") return "live.none.unplayable";
  return state.kind === "waiting" ? "live.none.waiting" : undefined;
}
