import { useMemo } from "react";
import { encode } from "uqr";
import { listLines, listStops } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { LineBadge } from "../elements/line-badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { LANGUAGES } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { findStops } from "../stops/find-stops.ts";
import { formatResident } from "./address.ts";
import type { KnownTown } from "./resident-app.tsx";
import { TEXTS } from "./texts.ts";
import "./signs.css";

/** Sheets to hang up at the stops of a line: each has the code that leads to what comes there, in three languages. */
export function SignsPage({
  route_id,
  town,
}: {
  readonly route_id: string;
  readonly town: KnownTown | undefined;
}) {
  const { t, language } = useSpeech();
  const lines = usePolling("lines", listLines);
  const stops = usePolling("stops", listStops);
  const line = lines.value?.features.find(({ properties }) => properties.route_id === route_id)?.properties;
  const own = useMemo(() => {
    const ids = new Set(line?.stop_ids);
    const all = stops.value?.features.map(({ properties }) => properties) ?? [];
    return findStops(all, "", language).filter(({ stop_id }) => ids.has(stop_id));
  }, [line, stops.value, language]);
  if (lines.value && !line) return <Waiting icon="alert" title={t("signs.unknown")} />;
  if (!line || !stops.value) {
    const problem = lines.problem ?? stops.problem;
    return problem ? (
      <Waiting icon="lost" title={t("page.unreachable")} />
    ) : (
      <Waiting icon="clock" title={t("page.loading")} />
    );
  }
  return (
    <main className="signs">
      <header className="signs-head">
        <h1>
          <LineBadge name={line.route_short_name} color={line.route_color} /> {t("signs")}
        </h1>
        <p>{t("signs.text", { count: own.length })}</p>
        <button type="button" className="button button-main" onClick={() => print()}>
          {t("signs.print")}
        </button>
      </header>
      {own.map(({ stop_id, stop_name }) => (
        <Sign key={stop_id} stop_id={stop_id} stop_name={stop_name} town={town?.name} />
      ))}
    </main>
  );
}

function Waiting({ icon, title }: { readonly icon: "alert" | "clock" | "lost"; readonly title: string }) {
  return (
    <main className="waiting">
      <Notice icon={icon} title={title} />
    </main>
  );
}

function Sign({
  stop_id,
  stop_name,
  town,
}: {
  readonly stop_id: string;
  readonly stop_name: string;
  readonly town: string | undefined;
}) {
  const address = location.origin + formatResident({ page: "stop", stop_id });
  return (
    <article className="sign">
      <h2>
        <bdi>{stop_name}</bdi>
      </h2>
      <QrCode text={address} />
      <ul className="sign-texts">
        {LANGUAGES.map(({ language }) => (
          <li key={language} lang={language}>
            {TEXTS[language]["signs.scan"]}
          </li>
        ))}
      </ul>
      <p className="sign-address">{address}</p>
      <p className="sign-town">
        <bdi>{town}</bdi>
      </p>
    </article>
  );
}

/** Still read when a quarter of it is scratched away; four squares of white around it, as ISO/IEC 18004 wants. */
function QrCode({ text }: { readonly text: string }) {
  const { t } = useSpeech();
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: "Q", border: 4 });
    const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
    return { size, path: squares.join("") };
  }, [text]);
  return (
    <svg
      className="sign-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t("signs.code")}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
