/** Tells whether a question has had as much of its thread's time as one gets. */
export type Patience = () => boolean;

/** For questions that take what they take. */
export const ENDLESS: Patience = () => false;

/** Most processor time of one question, in ms; what is asked next waits for it. What is named is what people ask, ten to a hundred times over. */
export const SEARCH_MS_MAX = 2_000;
export const COUNT_MS_MAX = 4_000;
export const HISTOGRAM_MS_MAX = 15_000;

/**
 * By processor time and not by the clock: on a machine that has much else to do the same question gets the same answer.
 * @param cpu_ms what this thread has used, in ms.
 */
export function patienceFor(most_ms: number, cpu_ms: () => number): Patience {
  const begin_ms = cpu_ms();
  return () => cpu_ms() - begin_ms > most_ms;
}
