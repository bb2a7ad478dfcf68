import { release } from "@yardline/domain/picture";
import { infer } from "./infer.ts";
import type { Look } from "./input/look.ts";
import type { ModelManifest, ScoreMin } from "./manifest.ts";
import type { Provider } from "./runtime/providers.ts";
import { serve } from "./runtime/serve.ts";
import { openSession } from "./runtime/session.ts";

export type WorkerSettings = {
  /** The ONNX file, in shared memory: one for all workers. */
  readonly model: SharedArrayBuffer;
  readonly manifest: ModelManifest;
  readonly score_min: ScoreMin;
  readonly provider: Provider;
};

await serve(async ({ model, manifest, score_min, provider }: WorkerSettings) => {
  const session = await openSession(new Uint8Array(model).slice(), provider);
  return {
    async run(look: Look) {
      const found = await infer(session, look, manifest, score_min);
      release(look.picture.data);
      return found;
    },
    close: () => session.close(),
  };
});
