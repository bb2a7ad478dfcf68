import { AppError, messageOf } from "@yardline/domain/errors";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** A tensor of float32. */
export type FloatTensor = { readonly shape: readonly number[]; readonly values: Float32Array };

/** A network ready to run. Running blocks the thread it is on: give it one of its own (`serve.ts`). */
export type Session = {
  /** @returns each output's values by its name. */
  run(inputs: Readonly<Record<string, FloatTensor>>): Promise<Readonly<Record<string, Float32Array>>>;
  close(): Promise<void>;
};

/**
 * Loads an ONNX network, from its file or from its bytes. It computes on one thread only: sessions side by side use a
 * core better than one session on two, and one thread always adds in the same order, so the same input gives the same bits.
 * @throws AppError `MODEL_UNREADABLE`.
 */
export async function openSession(model: string | Uint8Array): Promise<Session> {
  const options = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // Errors only, and those are thrown too: its warnings would go to standard error past our log.
    logSeverityLevel: 3,
  } as const;
  // The two overloads of `create` are one function that takes either.
  const loading =
    typeof model === "string"
      ? InferenceSession.create(model, options)
      : InferenceSession.create(model, options);
  const session = await loading.catch((cause: unknown) => {
    const message = `the model cannot be loaded (${messageOf(cause)}); ./yardline doctor tells how to prepare it again`;
    throw new AppError("MODEL_UNREADABLE", message, { cause });
  });
  return {
    async run(inputs) {
      const tensors = Object.entries(inputs).map(([name, { values, shape }]) => [
        name,
        new Tensor("float32", values, shape),
      ]);
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, floats(data)]));
    },
    close: () => session.release(),
  };
}

function floats(data: Tensor["data"]): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new AppError("MODEL_UNSUPPORTED", "the model gives something other than float32");
}
