import { createContext, use, useEffect, useMemo, useState } from "react";
import type { Language, Sentences } from "../api/types.ts";
import { createFormats, type Formats, knownZone } from "./formats.ts";
import { createTranslate, pickLanguage, type Translate } from "./translate.ts";

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

export function useNewSpeech(language: Language, timezone: string, now_ms: () => number): Speech {
  return useMemo(
    () => ({
      language,
      t: createTranslate(language),
      formats: createFormats(language, knownZone(timezone), now_ms),
      say: (sentences) => sentences[language],
    }),
    [language, timezone, now_ms],
  );
}

const REMEMBERED = "yardline.language";

/** The person's language: as remembered by this browser, else as the browser prefers. */
export function useLanguage(): readonly [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(() => pickLanguage(remembered(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const remember = (next: Language) => {
    setLanguage(next);
    try {
      localStorage.setItem(REMEMBERED, next);
    } catch {
      // A browser that keeps nothing still shows the language until it is closed.
    }
  };
  return [language, remember];
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
