import { useState } from "react";
import { addPerson, changePerson } from "../api/administration.ts";
import type { Grant, Person } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { GrantFields } from "./grant-fields.tsx";
import { changeTo } from "./people.ts";

const PASSWORD_CHARS_MIN = 12;

/** Makes an account, or changes one. @param person undefined for a new one. */
export function PersonForm({
  person,
  onDone,
  onClose,
}: {
  readonly person: Person | undefined;
  onDone(): void;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { town } = useTown();
  const first: Grant = { tenant: town.tenant, role: "dispatcher" };
  const [grants, setGrants] = useState<readonly Grant[]>(person?.grants ?? [first]);
  return (
    <FormDialog
      title={person ? t("people.edit-of", { name: person.name }) : t("people.add")}
      action={t("people.save")}
      onClose={onClose}
      onSend={async (typed) => {
        const draft = { name: typed("name"), password: typed("password"), grants: [...grants] };
        if (!person) await addPerson({ login: typed("login"), ...draft });
        else {
          const change = changeTo(person, draft);
          if (change) await changePerson(person, change);
        }
        onDone();
      }}
    >
      {!person && (
        <label className="field">
          {t("sign-in.login")}
          <input
            name="login"
            required
            maxLength={63}
            autoCapitalize="none"
            spellCheck={false}
            autoComplete="off"
          />
        </label>
      )}
      <label className="field">
        {t("people.name")}
        <input
          name="name"
          required
          maxLength={100}
          defaultValue={person?.name}
          dir="auto"
          autoComplete="off"
        />
      </label>
      {!person?.outside && (
        <label className="field">
          {t(person ? "people.new-password" : "sign-in.password")}
          <input
            name="password"
            type="password"
            required={!person}
            minLength={PASSWORD_CHARS_MIN}
            autoComplete="new-password"
          />
        </label>
      )}
      {person?.outside && <p className="row-note">{t("people.outside.text")}</p>}
      {grants.map((grant, at) => (
        <GrantFields
          key={at}
          grant={grant}
          onChange={(next) => setGrants(grants.map((each, n) => (n === at ? next : each)))}
          onRemove={() => setGrants(grants.filter((_, n) => n !== at))}
        />
      ))}
      <p>
        <button type="button" className="button" onClick={() => setGrants([...grants, first])}>
          {t("people.add-grant")}
        </button>
      </p>
      {person && <p className="row-note">{t("people.sessions-end")}</p>}
    </FormDialog>
  );
}
