import type { Look } from "../input/look.ts";
import { serve } from "../runtime/serve.ts";
import { openSession } from "../runtime/session.ts";
import { type InferSettings, infer } from "./infer.ts";

await serve(async ({ path, ...settings }: InferSettings & { readonly path: string }) => {
  const session = await openSession(path);
  return { run: (look: Look) => infer(session, look, settings), close: () => session.close() };
});
