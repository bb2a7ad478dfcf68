import type { Picture } from "@yardline/domain/picture";
import { serve } from "../runtime/serve.ts";
import { openSession } from "../runtime/session.ts";
import { type InferSettings, infer } from "./infer.ts";

await serve(async ({ path, ...settings }: InferSettings & { readonly path: string }) => {
  const session = await openSession(path);
  return { run: (picture: Picture) => infer(session, picture, settings), close: () => session.close() };
});
