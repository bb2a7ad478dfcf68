import { recordRequest } from "../api/administration.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { knownZone } from "../messages/formats.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { dayBegin } from "./log-view.ts";

const KINDS = {
  access: "request.access",
  erasure: "request.erasure",
  objection: "request.objection",
} as const satisfies Readonly<Record<string, MessageKey>>;
/** In the order of the countries that this is made for. */
export const LAWS = {
  ukraine: "law.ukraine",
  gdpr: "law.gdpr",
  moldova: "law.moldova",
  russia: "law.russia",
} as const;

const oneOf = <Name extends string>(
  names: Readonly<Record<Name, unknown>>,
  asked: string,
  usual: Name,
): Name => Object.keys(names).find((name): name is Name => name === asked) ?? usual;

/** What a person who was filmed asks for, as it stands on the paper. Recordings are never searched by faces. */
export function NewRequest({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t } = useSpeech();
  const { town } = useTown();
  const zone = knownZone(town.timezone ?? "UTC");
  return (
    <FormDialog
      title={t("request.new")}
      action={t("people.save")}
      onClose={onClose}
      onSend={async (typed) => {
        await recordRequest({
          law: oneOf(LAWS, typed("law"), "gdpr"),
          kind: oneOf(KINDS, typed("kind"), "access"),
          received_at: dayBegin(typed("received"), 0, zone),
          requester: { name: typed("name"), contact: typed("contact") },
          about: {
            description: typed("description"),
            cameras: [],
            from: dayBegin(typed("from"), 0, zone),
            to: dayBegin(typed("to"), 1, zone),
          },
        });
        onDone();
      }}
    >
      <Choice name="kind" label={t("request.what")} choices={KINDS} />
      <Choice name="law" label={t("request.law")} choices={LAWS} />
      <label className="field">
        {t("request.came")}
        <input name="received" type="date" required />
      </label>
      <label className="field">
        {t("people.name")}
        <input name="name" required maxLength={200} dir="auto" autoComplete="off" />
      </label>
      <label className="field">
        {t("request.contact")}
        <input name="contact" required maxLength={200} dir="auto" autoComplete="off" />
      </label>
      <label className="field">
        {t("request.about")}
        <textarea name="description" required minLength={3} maxLength={2_000} dir="auto" />
      </label>
      <label className="field">
        {t("plan.from")}
        <input name="from" type="date" required />
      </label>
      <label className="field">
        {t("plan.to")}
        <input name="to" type="date" required />
      </label>
    </FormDialog>
  );
}

function Choice({
  name,
  label,
  choices,
}: {
  readonly name: string;
  readonly label: string;
  readonly choices: Readonly<Record<string, MessageKey>>;
}) {
  const { t } = useSpeech();
  return (
    <label className="field">
      {label}
      <select name={name} required>
        {Object.entries(choices).map(([value, key]) => (
          <option key={value} value={value}>
            {t(key)}
          </option>
        ))}
      </select>
    </label>
  );
}
