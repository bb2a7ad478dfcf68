import { type FormEvent, type ReactNode, useState } from "react";
import { confirmTotp, getSession, offerTotp, removeTotp } from "../api/client.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { Field } from "./field.tsx";
import { QrCode } from "./qr-code.tsx";
import { useAccount } from "./use-session.tsx";

type Offer = Awaited<ReturnType<typeof offerTotp>>;

const ANSWER_MS_MAX = 15_000;

/** Setting up a second factor, step by step, or taking it away. */
export function SecondFactor() {
  const { t } = useSpeech();
  const { session, changed } = useAccount();
  const [offer, setOffer] = useState<Offer>();
  const [codes, setCodes] = useState<readonly string[]>();
  const seen = async () => changed(await getSession(AbortSignal.timeout(ANSWER_MS_MAX)));

  if (codes) {
    return (
      <section className="account-part">
        <h3>{t("account.codes")}</h3>
        <p>{t("account.codes-text")}</p>
        <ul className="recovery-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <button type="button" className="button" onClick={() => setCodes(undefined)}>
          {t("account.codes-kept")}
        </button>
      </section>
    );
  }
  if (offer) {
    const confirm = async (code: string) => {
      const { recovery_codes } = await confirmTotp({ code });
      setCodes(recovery_codes);
      setOffer(undefined);
      await seen();
    };
    return (
      <OneField
        key="code"
        name="code"
        work={confirm}
        button={t("account.totp-confirm")}
        label={t("sign-in.code")}
      >
        <p>{t("account.totp-scan")}</p>
        <QrCode text={offer.uri} label={t("account.totp-qr")} />
        <code className="totp-secret">{offer.secret.match(/.{1,4}/g)?.join(" ")}</code>
      </OneField>
    );
  }
  const remove = async (password: string) => {
    await removeTotp({ password });
    await seen();
  };
  const begin = async (password: string) => setOffer(await offerTotp({ password }));
  const isOn = session.has_totp === true;
  return (
    <OneField
      key={isOn ? "remove" : "begin"}
      name="password"
      work={isOn ? remove : begin}
      button={t(isOn ? "account.totp-remove" : "account.totp-begin")}
      label={t("account.password-old")}
    >
      <p>{t(isOn ? "account.totp-on" : "account.totp-off")}</p>
    </OneField>
  );
}

function OneField({
  name,
  label,
  button,
  work,
  children,
}: {
  readonly name: "code" | "password";
  readonly label: string;
  readonly button: string;
  work(value: string): Promise<void>;
  readonly children: ReactNode;
}) {
  const { t } = useSpeech();
  const { busy, problem, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get(name) ?? "");
    return send(() => work(value));
  };
  return (
    <form className="account-part" onSubmit={(event) => void submit(event)}>
      <h3>{t("account.totp")}</h3>
      {children}
      <Field name={name} label={label} complete={name === "code" ? "one-time-code" : "current-password"} />
      <ProblemLine problem={problem} />
      <button type="submit" className="button" disabled={busy}>
        {button}
      </button>
    </form>
  );
}
