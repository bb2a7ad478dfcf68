import { useSpeech } from "../messages/use-speech.tsx";

/** A moment, in the town's zone: its day and its time. */
export function When({ at, seconds = false }: { readonly at: string; readonly seconds?: boolean }) {
  const { formats } = useSpeech();
  const time = seconds ? formats.clockSeconds(at) : formats.clock(at);
  return <time dateTime={at}>{`${formats.day(at)}, ${time}`}</time>;
}
