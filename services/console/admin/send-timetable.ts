import { sendTimetablePiece } from "../api/administration.ts";
import type { TimetableOffer } from "../api/types.ts";

/** As much as the doors take at once. */
const PIECE_BYTES = 512 * 1024;

/** What is asked of a file that somebody picked. */
export type PickedFile = Pick<File, "name" | "size" | "slice">;

/**
 * Sends a file, piece after piece: on a slow line none takes so long that the doors give it up.
 * @param tell how much of it is there, 0–1. @returns what the town made of it. @throws ApiProblem
 */
export async function sendTimetable(
  feed: string,
  file: PickedFile,
  tell: (fraction: number) => void,
): Promise<TimetableOffer | undefined> {
  let offer: TimetableOffer | undefined;
  for (let at = 0; at === 0 || at < file.size; at += PIECE_BYTES) {
    tell(at / Math.max(1, file.size));
    const bytes = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    offer = (await sendTimetablePiece(feed, { name: file.name.slice(0, 200), of: file.size, at }, bytes))
      .offer;
  }
  tell(1);
  return offer;
}

/** A day as the API writes it. @param date as a field of dates has it, 2026-12-01 */
export function serviceDayOf(date: string): string {
  return date.replaceAll("-", "");
}
