import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import {
  decideEvidence,
  getEvidence,
  getEvidenceKey,
  handOverEvidence,
  linkEvidence,
} from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { Evidence } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { nameOf } from "../incidents/use-deeds.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { toEvidence } from "./evidence-view.ts";
import {
  EVIDENCE_STATES,
  FORM_NAMES,
  GROUND_NAMES,
  HAND_OVER_FIELDS,
  megabytesOf,
} from "./evidence-words.ts";

const ONE_MS = 2_000;

/** One export: how far it is, who must say something, how it leaves and who took it. */
export function EvidenceOne({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const [times, setTimes] = useState(0);
  const { value, problem } = usePolling(
    `evidence/${id}/${times}`,
    (signal) => getEvidence(id, signal),
    ONE_MS,
  );
  const [known, setKnown] = useState<Evidence>();
  if (value && value !== known) setKnown(value);
  const evidence = value ?? (known?.id === id ? known : undefined);
  if (!evidence) {
    return problem ? (
      <Notice
        icon="alert"
        tone="bad"
        title={problem.status === 404 ? t("evidence.unknown") : t("events.unreachable")}
      />
    ) : (
      <Notice icon="clock" title={t("events.loading")} />
    );
  }
  const { name, means, tone, icon } = EVIDENCE_STATES[evidence.state];
  return (
    <article className="evidence">
      <h2>
        <bdi>{evidence.purpose}</bdi>
      </h2>
      <p className="badges">
        <Badge tone={tone} icon={icon}>
          {t(name)}
        </Badge>
        <Badge>{t(FORM_NAMES[evidence.form].name)}</Badge>
        {evidence.complete === false && (
          <Badge tone="warn" icon="alert">
            {t("evidence.incomplete")}
          </Badge>
        )}
      </p>
      <p role="status">{t(means)}</p>
      {evidence.failure && <p role="alert">{evidence.failure}</p>}
      {evidence.state === "making" && (
        <progress max={1} value={evidence.progress} aria-label={t("evidence.making")} />
      )}
      <EvidenceActions evidence={evidence} onChanged={() => setTimes(times + 1)} />
      <EvidenceFacts evidence={evidence} />
      <HandOvers evidence={evidence} onChanged={() => setTimes(times + 1)} />
      <Verifying />
    </article>
  );
}

function EvidenceActions({ evidence, onChanged }: { readonly evidence: Evidence; onChanged(): void }) {
  const { t } = useSpeech();
  const { session, may } = useAccount();
  const { busy, problem, send } = useSending();
  const { id, state, asked_by } = evidence;
  const doing = (work: () => Promise<unknown>) => ({
    busy,
    onAct: () => send(() => work().then(onChanged)),
  });
  const own = asked_by === nameOf(session);
  const fetchBundle = async () => {
    const { link } = await linkEvidence(id);
    // It is saved: the page stays where it is.
    location.assign(link);
  };
  if (!may("export")) return null;
  return (
    <>
      <p className="incident-actions">
        {state === "waiting" && !own && (
          <>
            <Act main name={t("evidence.approve")} {...doing(() => decideEvidence(id, "approve"))} />
            <Act name={t("evidence.refuse")} {...doing(() => decideEvidence(id, "refuse"))} />
          </>
        )}
        {state === "ready" && <Act main name={t("evidence.download")} {...doing(fetchBundle)} />}
        {(state === "waiting" || state === "ready") && (
          <Act name={t("evidence.withdraw")} {...doing(() => decideEvidence(id, "withdraw"))} />
        )}
        {(state === "expired" || state === "failed" || state === "refused") && evidence.events.length > 0 && (
          <ViewLink
            className="button"
            to={toEvidence({ page: "new", wanted: { events: evidence.events, incident: evidence.incident } })}
          >
            {t("evidence.again")}
          </ViewLink>
        )}
      </p>
      {state === "waiting" && own && <p className="quiet">{t("evidence.own")}</p>}
      {state === "ready" && <p className="quiet">{t("evidence.once")}</p>}
      <ProblemLine problem={problem} />
    </>
  );
}

function Act({
  name,
  main = false,
  busy,
  onAct,
}: {
  readonly name: string;
  readonly main?: boolean;
  readonly busy: boolean;
  onAct(): Promise<void>;
}) {
  return (
    <button
      type="button"
      className={main ? "button button-main" : "button"}
      disabled={busy}
      onClick={() => void onAct()}
    >
      {name}
    </button>
  );
}

function EvidenceFacts({ evidence }: { readonly evidence: Evidence }) {
  const { t, formats } = useSpeech();
  const { findCamera } = useTown();
  const when = (at: string) => `${formats.day(at)}, ${formats.clockSeconds(at)}`;
  const {
    periods,
    legal_basis,
    asked_by,
    asked_at,
    decided_by,
    made_at,
    expires_at,
    bytes,
    sha256,
    fingerprint,
  } = evidence;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ...periods.map(
      ({ camera, from, to }) =>
        [
          t("fact.camera"),
          `${findCamera(camera)?.name ?? camera}: ${when(from)} – ${formats.clockSeconds(to)}`,
        ] as const,
    ),
    [t("evidence.ground"), `${t(GROUND_NAMES[legal_basis.ground])}: ${legal_basis.reference}`],
    [t("evidence.asked"), `${asked_by}, ${when(asked_at)}`],
    [t("evidence.decided"), decided_by],
    [t("evidence.made"), made_at && when(made_at)],
    [t("evidence.until"), expires_at && when(expires_at)],
    [
      t("evidence.size"),
      bytes === undefined ? undefined : t("evidence.megabytes", { size: megabytesOf(bytes) }),
    ],
    ["SHA-256", sha256],
    [t("evidence.signed"), fingerprint],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value], at) =>
          value !== undefined && (
            <div key={`${name} ${at}`}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Who took it, for whom, on which paper; and the sheet that both sign. */
function HandOvers({ evidence, onChanged }: { readonly evidence: Evidence; onChanged(): void }) {
  const { t, formats, language } = useSpeech();
  const { may } = useAccount();
  const [asked, setAsked] = useState(false);
  const { id, state, handed } = evidence;
  if (state !== "ready" && handed.length === 0) return null;
  return (
    <section>
      <h3>{t("evidence.handed")}</h3>
      <ul className="evidence-handed">
        {handed.map(({ to, authority, document: paper, medium, by, at }) => (
          <li key={at}>
            <bdi>{to}</bdi>, <bdi>{authority}</bdi>, <bdi>{paper}</bdi>, <bdi>{medium}</bdi>{" "}
            <span className="quiet">
              <bdi>{by}</bdi>, {formats.day(at)}, {formats.clock(at)}
            </span>
          </li>
        ))}
      </ul>
      <p className="incident-actions">
        {state === "ready" && may("export") && (
          <button type="button" className="button" onClick={() => setAsked(true)}>
            {t("evidence.hand-over")}
          </button>
        )}
        <a
          className="button"
          href={`/v1/evidence/${encodeURIComponent(id)}/sheet?language=${language}`}
          target="_blank"
          rel="noreferrer"
        >
          {t("evidence.sheet")}
        </a>
      </p>
      {asked && (
        <FormDialog
          title={t("evidence.hand-over")}
          action={t("evidence.hand-over")}
          draft={`hand-over/${id}`}
          onClose={() => setAsked(false)}
          onSend={async (typed) => {
            const [to, authority] = [typed("to"), typed("authority")];
            await handOverEvidence(id, {
              to,
              authority,
              document: typed("document"),
              medium: typed("medium"),
            });
            setAsked(false);
            onChanged();
          }}
        >
          {(["to", "authority", "document", "medium"] as const).map((name) => (
            <label className="field" key={name}>
              {t(HAND_OVER_FIELDS[name])}
              <input name={name} required minLength={2} maxLength={200} autoComplete="off" />
            </label>
          ))}
        </FormDialog>
      )}
    </section>
  );
}

/** How whoever gets a bundle proves that it is whole. */
function Verifying() {
  const { t } = useSpeech();
  const { value } = usePolling("evidence-key", getEvidenceKey);
  return (
    <section>
      <h3>{t("verify.title")}</h3>
      <p>
        {t("verify.text")}{" "}
        <a href="/v1/evidence/verifier" target="_blank" rel="noreferrer">
          <Icon name="search" size={16} /> {t("verify.page")}
        </a>
      </p>
      {value && (
        <p className="quiet">
          {t("verify.key")} <code>{value.fingerprint}</code>
        </p>
      )}
    </section>
  );
}
