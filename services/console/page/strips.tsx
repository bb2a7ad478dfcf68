import type { Polled } from "../api/polling.ts";
import type { Town } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** What holds for everything below: that the town is invented, that nobody answers, or that buses are not shown. */
export function Strips({ town: { value, at_ms, problem } }: { readonly town: Polled<Town> }) {
  const { t, formats } = useSpeech();
  return (
    <aside aria-label={t("page.notices")}>
      {problem && (
        <p className="strip strip-bad" role="alert">
          <Icon name="alert" />{" "}
          {at_ms === undefined
            ? t("page.unreachable")
            : t("page.cut-off", { time: formats.clockSeconds(at_ms) })}
        </p>
      )}
      {value?.positions_unavailable && (
        <p className="strip strip-simulated" role="status">
          <Icon name="alert" /> {t("positions.unavailable")}
        </p>
      )}
      {value?.simulated && (
        <p className="strip strip-simulated">
          <strong>{t("simulated.title")}</strong> <span>{t("simulated.text")}</span>
        </p>
      )}
    </aside>
  );
}
