import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { withPurpose, withQuery } from "./purpose.ts";

/** What the person at this page looks at pictures for. */
type Purpose = {
  readonly text: string | undefined;
  /** The address of a picture as it is asked for; undefined until it is known what for. */
  lookAt(path: string | undefined): string | undefined;
  /** Asks anew. */
  change(): void;
};

const PurposeContext = createContext<Purpose | undefined>(undefined);

export function usePurpose(): Purpose {
  const purpose = use(PurposeContext);
  if (!purpose) throw new Error("usePurpose outside of PurposeProvider");
  return purpose;
}

/** Forgotten with the tab: whoever comes next is asked again. */
const KEPT = "yardline.purpose";

/**
 * Asks once, before the first picture, what for; where nobody signs in nothing is written down, and nobody is asked.
 * @param duty the purpose of the shift that one is on: then nothing is asked. Null on no shift: one is asked when one wants.
 */
export function PurposeProvider({
  duty,
  children,
}: {
  readonly duty?: string | null | undefined;
  readonly children: ReactNode;
}) {
  const { session, may } = useAccount();
  const isAsked = session.doors === "accounts" && may("archive");
  const own = `${KEPT}.${session.login ?? ""}`;
  const [said, setSaid] = useState<Readonly<Record<string, string>>>({});
  const text = duty ?? said[own] ?? sessionStorage.getItem(own) ?? undefined;
  // Of whoever sits here now: somebody else's words, and their closing of the question, are not the next one's.
  const [asked, setAsked] = useState<{ readonly own: string; readonly open: boolean }>();
  const unasked = text === undefined && duty === undefined;
  const isOpen = isAsked && (asked?.own === own ? asked.open : unasked);
  const lookAt = useCallback(
    (path: string | undefined) => {
      if (!isAsked || path === undefined) return path;
      return text === undefined ? undefined : withPurpose(path, text);
    },
    [isAsked, text],
  );
  const change = useCallback(() => setAsked({ own, open: true }), [own]);
  const purpose = useMemo(() => ({ text, lookAt, change }), [text, lookAt, change]);
  return (
    <PurposeContext value={purpose}>
      {children}
      {isOpen && (
        <PurposeDialog
          text={text}
          onClose={() => setAsked({ own, open: false })}
          onSaid={(words) => {
            sessionStorage.setItem(own, words);
            setSaid({ ...said, [own]: words });
            setAsked({ own, open: false });
          }}
        />
      )}
    </PurposeContext>
  );
}

/** Pictures in here are looked at for an open incident. */
export function IncidentPurpose({
  id,
  children,
}: {
  /** Undefined where there is none yet. */
  readonly id: string | undefined;
  readonly children: ReactNode;
}) {
  const { session } = useAccount();
  const around = usePurpose();
  const open = session.doors === "open" || id === undefined;
  const purpose = useMemo(() => {
    const lookAt = (path: string | undefined) =>
      path === undefined ? undefined : withQuery(path, `incident=${encodeURIComponent(id ?? "")}`);
    return open ? around : { ...around, lookAt };
  }, [around, open, id]);
  return <PurposeContext value={purpose}>{children}</PurposeContext>;
}

/** What for pictures are looked at now, and how to say something else; nothing where nobody is asked. */
export function PurposeLine() {
  const { t } = useSpeech();
  const { session, may } = useAccount();
  const { text, change } = usePurpose();
  if (session.doors === "open" || !may("archive")) return null;
  return (
    <p className="purpose-line">
      <button type="button" className="link-button" onClick={change} title={t("purpose.why")}>
        {text === undefined ? t("purpose.say") : t("purpose.is", { purpose: text })}
      </button>
    </p>
  );
}

function PurposeDialog({
  text,
  onSaid,
  onClose,
}: {
  readonly text: string | undefined;
  onSaid(text: string): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  return (
    <FormDialog
      title={t("purpose.title")}
      action={t("purpose.begin")}
      onClose={onClose}
      onSend={async (typed) => onSaid(typed("purpose"))}
    >
      <p>{t("purpose.why")}</p>
      <label className="field">
        {t("purpose.label")}
        <input
          name="purpose"
          required
          minLength={3}
          maxLength={200}
          pattern=".*\S.*\S.*\S.*"
          defaultValue={text}
        />
      </label>
    </FormDialog>
  );
}
