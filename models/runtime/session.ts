import { AppError, messageOf } from "@yardline/domain/errors";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Provider } from "./providers.ts";

/** A tensor of float32, or of int64 where a network asks for sizes. */
export type Tensor = { readonly shape: readonly number[]; readonly values: Float32Array | BigInt64Array };

/** A network ready to run. Running blocks the thread it is on: give it one of its own (`serve.ts`). */
export type Session = {
  /** @returns each output's values by its name; whole numbers become floats. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Float32Array>>>;
  close(): Promise<void>;
};

/**
 * Loads an ONNX network from its bytes, never from a file: bytes cannot name other files beside them. It computes on one thread only: sessions side by side use a
 * core better than one session on two, and one thread always adds in the same order, so the same input gives the same bits.
 * @throws AppError `MODEL_UNREADABLE`.
 */
export async function openSession(model: Uint8Array, provider: Provider = "cpu"): Promise<Session> {
  const options = {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // Errors only, and those are thrown too: its warnings would go to standard error past our log.
    logSeverityLevel: 3,
  } as const;
  const session = await InferenceSession.create(model, options).catch((cause: unknown) => {
    const message = `the model cannot be loaded on ${provider} (${messageOf(cause)})`;
    throw new AppError("MODEL_UNREADABLE", message, { cause });
  });
  return {
    async run(inputs) {
      const tensors = Object.entries(inputs).map(([name, { values, shape }]) => [
        name,
        values instanceof BigInt64Array
          ? new OrtTensor("int64", values, shape)
          : new OrtTensor("float32", values, shape),
      ]);
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, floats(data)]));
    },
    close: () => session.release(),
  };
}

function floats(data: OrtTensor["data"]): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof BigInt64Array || data instanceof Int32Array) return Float32Array.from(data, Number);
  throw new AppError("MODEL_UNSUPPORTED", "the model gives something other than float32 and whole numbers");
}
