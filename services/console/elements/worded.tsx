import { wordingOf } from "@yardline/privacy/purposes";
import { useSpeech } from "../messages/use-speech.tsx";

/** A purpose or a legal basis in the reader's language; one that somebody wrote in their own words, or a newer release knows, as it stands. */
export function Worded({ name }: { readonly name: string }) {
  const { language } = useSpeech();
  return <bdi>{wordingOf(name)?.[language] ?? name}</bdi>;
}
