import { useState } from "react";
import type { SavedSearch } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { changeSearch, deleteSearch, saveSearch } from "./asking.ts";
import type { Now } from "./question.ts";
import { mayAlert, wishOf } from "./saved.ts";
import { tellSearchesChanged } from "./use-saved.ts";

/** Names a question and says who has it and whether it alerts; or changes or deletes one of one's own. */
export function SaveSearch({
  q,
  search,
  now,
  onClose,
}: {
  readonly q: string;
  /** Absent for a new one. */
  readonly search?: SavedSearch;
  now(): Now;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const [text, setText] = useState(search?.q ?? q);
  const [isDeleted, setDeleted] = useState(false);
  return (
    <FormDialog
      title={t(search ? "saved.edit.title" : "saved.new")}
      action={t(isDeleted ? "saved.delete" : "saved.save")}
      onClose={onClose}
      onSend={async (typed) => {
        if (search && isDeleted) await deleteSearch(search.id);
        else {
          const wish = wishOf(
            {
              name: typed("name"),
              q: typed("q"),
              shared: typed("shared") === "on",
              alert: typed("alert") === "on",
            },
            now(),
          );
          if (wish.alert) askToNotify();
          if (search) await changeSearch(search.id, wish);
          else await saveSearch(wish);
        }
        tellSearchesChanged();
        onClose();
      }}
    >
      <label className="field">
        {t("saved.name")}
        <input
          name="name"
          required
          maxLength={100}
          autoComplete="off"
          dir="auto"
          defaultValue={search?.name ?? ""}
        />
      </label>
      <label className="field">
        {t("saved.q")}
        <input
          name="q"
          required
          maxLength={1000}
          autoComplete="off"
          dir="auto"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <label>
        <input
          type="checkbox"
          name="alert"
          defaultChecked={search?.alert}
          disabled={!mayAlert(text, now())}
        />{" "}
        {t("saved.alert")}
      </label>
      <p className="saved-hint">{t("saved.alert.text")}</p>
      <label>
        <input type="checkbox" name="shared" defaultChecked={search?.shared} /> {t("saved.shared")}
      </label>
      {search && (
        <label>
          <input type="checkbox" checked={isDeleted} onChange={({ target }) => setDeleted(target.checked)} />{" "}
          {t("saved.delete.really")}
        </label>
      )}
    </FormDialog>
  );
}

/** A tab that nobody looks at can only tell by the system. Asked when somebody wants to be told, never before. */
function askToNotify(): void {
  if (typeof Notification !== "undefined" && Notification.permission === "default") {
    void Notification.requestPermission();
  }
}
