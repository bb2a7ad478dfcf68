import { AppError } from "@yardline/domain/errors";
import type { Found } from "@yardline/timetable/check/findings";
import { type Question, readApart } from "@yardline/timetable/read-apart";
import type { ServiceDate } from "@yardline/timetable/service-day";
import type { Timetable } from "@yardline/timetable/timetable";
import { emptyFault, errorsOf, type Fault, newFault } from "./faults.ts";

/** A file that was read and looked over as something newer; with `fault` it is not to be followed. */
export type Examined = {
  readonly timetable: Timetable;
  readonly found: readonly Found[];
  readonly fault?: Fault;
};

/** Reads a file of which people know another name. @throws AppError `TIMETABLE_…` that names the source, its cause as `readApart` throws it. */
export async function readNamed(question: Question, source: string, signal: AbortSignal): Promise<Examined> {
  try {
    return await readApart(question, signal);
  } catch (thrown) {
    // A person knows the source, not the copy.
    if (!(thrown instanceof AppError)) throw thrown;
    throw new AppError(thrown.code, thrown.message.replaceAll(question.path, source), { cause: thrown });
  }
}

/**
 * Why what was read is not to be followed.
 * @param foundNow reads what is found in the version in use: only where there is something to compare.
 */
export async function faultOf(
  { timetable, found }: Examined,
  today: ServiceDate,
  foundNow: () => Promise<readonly Found[] | undefined>,
): Promise<Fault | undefined> {
  const errors = errorsOf(found);
  const inUse = errors.length > 0 ? await foundNow() : undefined;
  return (inUse && newFault(errors, inUse)) ?? emptyFault(timetable, today);
}
