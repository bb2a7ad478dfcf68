import { timeOf, withTime } from "@yardline/index/query/edit";
import { useSpeech } from "../messages/use-speech.tsx";
import type { Now } from "./question.ts";
import { TIME_PHRASES } from "./time-phrases.ts";

/** How far back, in the very words that stand in the text of the question then. */
export function TimeChoice({ q, now, onAsk }: { readonly q: string; now(): Now; onAsk(q: string): void }) {
  const { t } = useSpeech();
  const said = timeOf(q, now());
  const phrases = TIME_PHRASES.map((key) => t(key));
  return (
    <select
      className="time-choice"
      aria-label={t("filter.within")}
      value={said}
      onChange={({ target }) => onAsk(withTime(q, target.value, now()))}
    >
      <option value="">{t("filter.within.all")}</option>
      {phrases.map((phrase) => (
        <option key={phrase} value={phrase}>
          {phrase}
        </option>
      ))}
      {said !== "" && !phrases.includes(said) && <option value={said}>{said}</option>}
    </select>
  );
}
