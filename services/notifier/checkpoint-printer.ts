import { spawn } from "node:child_process";
import { once } from "node:events";
import { AppError } from "@yardline/domain/errors";
import type { CheckpointPlace } from "./checkpoint-place.ts";

/** Paper: nobody changes it from afar. Printed by the machine's own `lp`. */
export function checkpointPrinter(
  { printer, every_ms }: { readonly printer: string; readonly every_ms: number },
  { lp = "lp" }: { readonly lp?: string } = {},
): CheckpointPlace {
  return {
    name: "printer",
    every_ms,
    async send(note, signal) {
      const child = spawn(lp, ["-d", printer, "-t", "audit checkpoint", "-"], {
        stdio: ["pipe", "ignore", "ignore"],
        signal,
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(note);
      const [code] = await once(child, "close");
      if (code !== 0)
        throw new AppError("CHECKPOINT_REFUSED", `lp ended with ${code}; is the printer known to it?`, {
          retryable: true,
        });
    },
  };
}
