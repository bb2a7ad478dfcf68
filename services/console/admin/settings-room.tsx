import { useState } from "react";
import { getSettings, listSectionSettings } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { SectionSettings } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { OwnerNote } from "./owner-note.tsx";
import { SectionForm } from "./section-form.tsx";
import { SECTION_FORMS } from "./sections.ts";
import { SettingValue } from "./setting-value.tsx";
import "./settings.css";

const SETTINGS_MS = 60_000;

const placeOf = (id: string) =>
  ({ at: { desk: "admin", path: `/settings${id && `/${id}`}`, search: "" } }) as const;

/** Everything that the town is set up as, section by section: changed here where no file owns it. `/admin/settings/ID` opens one. */
export function SettingsRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const [told, setTold] = useState(0);
  const [, , open = ""] = at.path.split("/");
  const sections = usePolling(`sections/${told}`, listSectionSettings);
  const form = SECTION_FORMS[open];
  return (
    <Asked polled={sections} absent={<Notice icon="lock" title={t("settings.absent")} />}>
      {(all) => {
        const section = all.find(({ id }) => id === open);
        if (!section || !form) return <Sections sections={all} />;
        return (
          <>
            <h2>{t(form.title)}</h2>
            <p className="room-lead">{t(form.lead)}</p>
            {section.owner.by !== "pages" && <OwnerNote owner={section.owner} />}
            <SectionForm
              key={`${open} ${section.revision}`}
              form={form}
              kept={section}
              onDone={() => {
                setTold(told + 1);
                go(placeOf(""));
              }}
            />
          </>
        );
      }}
    </Asked>
  );
}

function Sections({ sections }: { readonly sections: readonly SectionSettings[] }) {
  const { t } = useSpeech();
  const settings = usePolling("settings", getSettings, SETTINGS_MS);
  const waiting = sections.filter(({ waits }) => waits).length;
  return (
    <>
      <p className="room-lead">{t("settings.lead")}</p>
      {waiting > 0 && (
        <p className="boxed boxed-warn" role="status">
          {t("sec.waiting", { count: waiting })}
        </p>
      )}
      <ul className="rows">
        {sections.map((section) => (
          <SectionRow key={section.id} section={section} />
        ))}
      </ul>
      <Asked polled={settings}>
        {({ owner, settings: shown }) => {
          const others = Object.entries(shown).filter(([name]) => SECTION_FORMS[name] === undefined);
          if (others.length === 0) return null;
          return (
            <>
              <h2>{t("sec.others")}</h2>
              <OwnerNote owner={owner} />
              {others.map(([name, value]) => (
                <section key={name} className="boxed" aria-label={name}>
                  <h3 className="code">{name}</h3>
                  <SettingValue value={value} />
                </section>
              ))}
            </>
          );
        }}
      </Asked>
    </>
  );
}

function SectionRow({
  section: { id, owner, value, waits, changed_by, changed_at },
}: {
  readonly section: SectionSettings;
}) {
  const { t } = useSpeech();
  const form = SECTION_FORMS[id];
  if (!form) return null;
  return (
    <li>
      <p className="row-head">
        <ViewLink to={placeOf(id)}>{t(form.title)}</ViewLink>
        <span className="row-end">
          {waits && <Badge tone="warn">{t("sec.waits")}</Badge>}
          {owner.by !== "pages" && <Badge icon="lock">{t("sec.read-only")}</Badge>}
          {owner.by === "pages" && value === undefined && <Badge>{t("sec.unset")}</Badge>}
        </span>
      </p>
      <p className="row-note">{t(form.lead)}</p>
      {changed_by !== undefined && changed_at !== undefined && (
        <p className="row-note">
          {t("set-camera.changed")} <bdi>{changed_by}</bdi>, <When at={changed_at} />
        </p>
      )}
    </li>
  );
}
