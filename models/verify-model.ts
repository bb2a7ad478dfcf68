import { checkAgainstGolden } from "./centernet/golden.ts";
import { type Model, readModel } from "./read-model.ts";
import type { Provider } from "./runtime/providers.ts";
import { type Trial, tryModel } from "./trial/try-model.ts";

/**
 * Holds a model to its manifest on this machine: digest, graph, inputs and outputs, then looks at a drawn picture in a process of its
 * own, which must say the same twice; the default model's numbers must also be those of the network it was converted from.
 * @throws AppError as `readModel` and `tryModel`, and `MODEL_WRONG`.
 */
export async function verifyModel(model: Model, provider: Provider = "cpu"): Promise<Trial> {
  const bytes = await readModel(model);
  const { manifest } = model;
  const trial = await tryModel({ manifest, bytes, provider });
  if ("package" in manifest.origin) await checkAgainstGolden(bytes);
  return trial;
}
