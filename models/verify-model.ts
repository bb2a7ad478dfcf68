import { isDeepStrictEqual } from "node:util";
import { AppError } from "@yardline/domain/errors";
import { checkAgainstGolden } from "./centernet/golden.ts";
import { goldenPicture } from "./centernet/golden-picture.ts";
import { infer } from "./infer.ts";
import { lookAt } from "./input/look.ts";
import { type Model, readModel } from "./read-model.ts";
import type { Provider } from "./runtime/providers.ts";
import { openSession } from "./runtime/session.ts";

/** Low enough for a drawn picture, whose objects convince nobody. */
const DRAWN_SCORE_MIN = 0.01;

/**
 * Holds a model to its manifest on this machine: digest, graph, inputs and outputs, then two looks at a drawn picture, which must
 * say the same twice; the default model's numbers must also be those of the network it was converted from.
 * @throws AppError as `readModel`, and `MODEL_WRONG`.
 */
export async function verifyModel(model: Model, provider: Provider = "cpu"): Promise<void> {
  const bytes = await readModel(model);
  const { manifest } = model;
  const session = await openSession(bytes, provider);
  try {
    const looks = [];
    for (let nth = 0; nth < 2; nth++) {
      looks.push(await infer(session, lookAt(goldenPicture()), manifest, DRAWN_SCORE_MIN));
    }
    if (!isDeepStrictEqual(looks[0], looks[1])) {
      throw new AppError("MODEL_WRONG", `${manifest.name} says two things of one picture`);
    }
  } finally {
    await session.close();
  }
  if ("package" in manifest.origin) await checkAgainstGolden(bytes);
}
