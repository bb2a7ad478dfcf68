/** What a bench measured, beside its budget. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: { readonly least?: number; readonly most?: number };
};

/** What some work gives, and the CPU seconds of all threads that it took. */
export function cpuOf<T>(work: () => T): { readonly value: T; readonly cpu_s: number } {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpu_s: (user + system) / 1e6 };
}
