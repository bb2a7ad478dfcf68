import { useState } from "react";
import { proveAuditLog } from "../api/administration.ts";
import type { AuditProof } from "../api/types.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { When } from "../elements/when.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

type Finding = AuditProof["findings"][number];

const FINDINGS: Readonly<Record<Finding["kind"], MessageKey>> = {
  changed: "finding.changed",
  missing: "finding.missing",
  unfinished: "finding.unfinished",
  cut: "finding.cut",
  rebuilt: "finding.rebuilt",
  checkpoint: "finding.checkpoint",
};

/** Has the whole log read, and says what that proves and what it cannot. */
export function LogProof() {
  const { t } = useSpeech();
  const { busy: asking, problem, send } = useSending();
  const [proof, setProof] = useState<AuditProof>();
  const prove = (files: FileList | null) =>
    send(async () => {
      // What was proven before must not stand beside why it cannot be proven now.
      setProof(undefined);
      const texts = await Promise.all([...(files ?? [])].map((file) => file.text()));
      setProof(await proveAuditLog(texts.join("\n\n")));
    });
  return (
    <section className="boxed" aria-labelledby="proof-title">
      <h2 id="proof-title">{t("proof.title")}</h2>
      <p className="room-lead">{t("proof.lead")}</p>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          const input = event.currentTarget.elements.namedItem("checkpoints");
          void prove(input instanceof HTMLInputElement ? input.files : null);
        }}
      >
        <label className="field">
          {t("proof.checkpoints")}
          <input name="checkpoints" type="file" multiple accept=".txt,.eml,text/plain,message/rfc822" />
        </label>
        <button type="submit" className="button button-main" disabled={asking}>
          {t(asking ? "proof.asking" : "proof.ask")}
        </button>
      </form>
      <div role="status">
        <ProblemLine problem={problem} />
        {proof && <Verdict proof={proof} />}
      </div>
    </section>
  );
}

function Verdict({ proof }: { readonly proof: AuditProof }) {
  const { t, formats } = useSpeech();
  const { entries, findings, findings_count, proven, last_seq, first_at, last_at, key } = proof;
  const isWhole = findings_count === 0;
  return (
    <div className={`boxed boxed-${isWhole ? "good" : "bad"}`}>
      <p>
        <strong>
          {isWhole ? t("proof.whole", { entries }) : t("proof.broken", { entries, count: findings_count })}
        </strong>
        {first_at && last_at && (
          <>
            {" "}
            <When at={first_at} /> – <When at={last_at} />
          </>
        )}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map(({ kind, place, message }) => (
            <li key={`${kind} ${place}`}>
              <strong>{t(FINDINGS[kind])}</strong> <span className="code">{place}</span>{" "}
              <span className="row-note" lang="en">
                {message}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        {proven === 0
          ? t("proof.unproven")
          : t(proven > (last_seq ?? 0) ? "proof.proven-all" : "proof.proven-to", {
              seq: formats.number(proven - 1),
            })}
      </p>
      {key !== undefined && (
        <p className="row-note">
          {t("proof.key")} <span className="code">{key}</span>
        </p>
      )}
    </div>
  );
}
