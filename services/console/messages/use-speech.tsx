import { createContext, use, useEffect, useMemo, useState } from "react";
import type { Language, Sentences } from "../api/types.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import { createFormats, type Formats } from "./formats.ts";
import { createTranslate, loadMessages, type Messages, pickLanguage, type Translate } from "./translate.ts";

/** How the page speaks: its language, its texts, its times. */
export type Speech = {
  readonly language: Language;
  readonly t: Translate;
  readonly formats: Formats;
  /** The sentence in the person's language. */
  say(sentences: Sentences): string;
};

const SpeechContext = createContext<Speech | undefined>(undefined);
export const SpeechProvider = SpeechContext.Provider;

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error("useSpeech outside of SpeechProvider");
  return speech;
}

export function useNewSpeech(
  { language, messages }: Spoken,
  timezone: string | undefined,
  now_ms: () => number,
): Speech {
  return useMemo(
    () => ({
      language,
      t: createTranslate(language, messages),
      formats: createFormats(language, timezone, now_ms),
      say: (sentences) => sentences[language],
    }),
    [language, messages, timezone, now_ms],
  );
}

const REMEMBERED = "yardline.language";

/** A language and its texts. */
export type Spoken = { readonly language: Language; readonly messages: Messages };

/** Gives the texts of a language. */
export type LoadTexts = (language: Language) => Promise<Messages>;

/** The person's language: as remembered by this browser, else as the browser prefers. */
export async function firstSpoken(load: LoadTexts = loadMessages): Promise<Spoken> {
  const language = pickLanguage(browserStorage.getItem(REMEMBERED), navigator.languages);
  return { language, messages: await load(language) };
}

/** Another language is spoken once its texts are there. */
export function useLanguage(
  first: Spoken,
  load: LoadTexts = loadMessages,
): readonly [Spoken, (language: Language) => void] {
  const [spoken, setSpoken] = useState(first);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken]);
  const change = async (language: Language) => {
    setSpoken({ language, messages: await load(language) });
    browserStorage.setItem(REMEMBERED, language);
  };
  return [spoken, (language) => void change(language)];
}
