import { useState } from "react";
import { changePerson, listPeople } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { Grant, Person, PersonChange } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { byName, RIGHT_NAMES, ROLE_NAMES } from "./people.ts";
import { PersonForm } from "./person-form.tsx";

const PEOPLE_MS = 30_000;
const ADD = "?add";

/** Everybody who has an account, and what they may. `/admin/people/LOGIN` opens one. */
export function PeopleRoom({ at }: { readonly at: DeskPlace }) {
  const { t, language } = useSpeech();
  const { go } = usePlace();
  const [told, setTold] = useState(0);
  const people = usePolling(`people/${told}`, listPeople, PEOPLE_MS);
  const [, , open = ""] = at.path.split("/");
  const adds = at.search === ADD;
  const placeOf = (login: string, search = "") =>
    ({ at: { desk: "admin", path: `/people${login && `/${encodeURIComponent(login)}`}`, search } }) as const;
  const close = () => go(placeOf(""));
  const done = () => {
    setTold(told + 1);
    close();
  };
  return (
    <>
      <div className="room-head">
        <p className="room-lead">{t("people.lead")}</p>
        <ViewLink className="button button-main" to={placeOf("", ADD)}>
          {t("people.add")}
        </ViewLink>
      </div>
      <Asked polled={people}>
        {(all) => {
          const person = all.find(({ login }) => encodeURIComponent(login) === open);
          return (
            <>
              {all.length === 0 && <Notice icon="person" title={t("people.none")} />}
              {all.length > 0 && (
                <ul className="rows">
                  {byName(all, language).map((each) => (
                    <PersonRow
                      key={each.login}
                      person={each}
                      edit={placeOf(each.login)}
                      onChanged={() => setTold(told + 1)}
                    />
                  ))}
                </ul>
              )}
              {(person || adds) && <PersonForm key={open} person={person} onDone={done} onClose={close} />}
            </>
          );
        }}
      </Asked>
    </>
  );
}

function PersonRow({
  person,
  edit,
  onChanged,
}: {
  readonly person: Person;
  readonly edit: { readonly at: DeskPlace };
  onChanged(): void;
}) {
  const { t } = useSpeech();
  const { busy, problem, send } = useSending();
  const change = (body: PersonChange) => void send(() => changePerson(person, body).then(onChanged));
  const action = (name: MessageKey, body: PersonChange) => (
    <button type="button" className="link-button" disabled={busy} onClick={() => change(body)}>
      {t(name)}
    </button>
  );
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>{person.name}</bdi>
        </strong>
        <span className="code" dir="auto">
          {person.login}
        </span>
        {person.locked && (
          <Badge tone="warn" icon="lock">
            {t("people.locked")}
          </Badge>
        )}
        {person.outside && <Badge>{t("people.outside")}</Badge>}
        {!person.outside && (
          <Badge tone={person.has_totp ? "good" : "plain"}>
            {t(person.has_totp ? "people.totp" : "people.no-totp")}
          </Badge>
        )}
      </p>
      {person.grants.length === 0 && <p className="row-note">{t("people.no-grants")}</p>}
      {person.grants.map((grant) => (
        <GrantLine key={JSON.stringify(grant)} grant={grant} />
      ))}
      <p className="room-actions">
        <ViewLink to={edit}>{t("people.edit")}</ViewLink>
        {action(person.locked ? "people.unlock" : "people.lock", { locked: !person.locked })}
        {action("people.end-sessions", { end_sessions: true })}
        {person.has_totp && !person.outside && action("people.remove-totp", { without_totp: true })}
      </p>
      <ProblemLine problem={problem} />
    </li>
  );
}

/** One grant in words: the role, what was given by name besides, and of which cameras. */
function GrantLine({ grant: { role, also = [], cameras, districts, partner } }: { readonly grant: Grant }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const where = [
    ...(cameras ?? []).map((id) => findCamera(id)?.name ?? id),
    ...(districts ?? []),
    ...(partner === undefined ? [] : [partner]),
  ];
  return (
    <p className="badges">
      <Badge tone="accent">{t(ROLE_NAMES[role])}</Badge>
      {also.map((right) => (
        <Badge key={right}>{t("people.also", { right: t(RIGHT_NAMES[right]) })}</Badge>
      ))}
      {where.length > 0 && (
        <span className="quiet">
          {t("people.only")} <bdi>{where.join(", ")}</bdi>
        </span>
      )}
    </p>
  );
}
