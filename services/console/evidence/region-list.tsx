import { useSpeech } from "../messages/use-speech.tsx";
import type { Redacting } from "./redactor.tsx";
import { type Box, beginning, ending, REGIONS_MAX, type Region, regionOver } from "./region.ts";

/** Where a region begins that was not drawn. */
const MIDDLE: Box = [0.4, 0.3, 0.6, 0.8];

/** Every region, also those that are covered at this moment; and new ones for who draws nothing. */
export function RegionList({
  regions,
  stretches,
  at_ms,
  guess,
  onChange,
}: Redacting & { readonly at_ms: number }) {
  const { t, formats } = useSpeech();
  const change = (region: Region, next: Region) =>
    onChange(regions.map((each) => (each === region ? next : each)));
  return (
    <>
      <ul className="redactor-regions" aria-label={t("redact.opened")}>
        {regions.map((region, at) => (
          <li key={region.id}>
            <strong>{t("redact.region", { number: at + 1 })}</strong>
            <span className="quiet">
              {formats.clockSeconds(region.path[0]?.at_ms ?? 0)} –{" "}
              {formats.clockSeconds(region.path.at(-1)?.at_ms ?? 0)}
            </span>
            <button
              type="button"
              className="link-button"
              onClick={() => change(region, beginning(region, at_ms))}
            >
              {t("redact.from-here")}
            </button>
            <button
              type="button"
              className="link-button"
              onClick={() => change(region, ending(region, at_ms))}
            >
              {t("redact.until-here")}
            </button>
            <button
              type="button"
              className="link-button"
              onClick={() => onChange(regions.filter((each) => each !== region))}
            >
              {t("redact.remove")}
            </button>
          </li>
        ))}
        {regions.length === 0 && <li className="quiet">{t("redact.none")}</li>}
      </ul>
      <p className="redactor-tools">
        <button
          type="button"
          className="button"
          disabled={regions.length >= REGIONS_MAX}
          onClick={() => onChange([...regions, regionOver(regions, guess ?? MIDDLE, stretches)])}
        >
          {t("redact.add")}
        </button>
        <span className="quiet">{t("redact.keys")}</span>
      </p>
    </>
  );
}
