import { openIncident } from "../api/client.ts";
import type { ApiEvent } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace } from "../page/use-view.tsx";

/** Begins an incident, perhaps out of an event. Its purpose is what pictures are then looked at for. */
export function OpenIncident({ event, onClose }: { readonly event?: ApiEvent; onClose(): void }) {
  const { t, say } = useSpeech();
  const { go } = usePlace();
  return (
    <FormDialog
      title={t("incidents.new")}
      action={t("incident.open-it")}
      onClose={onClose}
      onSend={async (typed) => {
        const { id } = await openIncident({
          do: "open",
          title: typed("title"),
          purpose: typed("purpose"),
          priority: typed("urgent") === "on" ? "high" : "normal",
          ...(event && { events: [event.occurrence] }),
        });
        onClose();
        go({ panel: "incidents", open: { kind: "incident", id } });
      }}
    >
      <label className="field">
        {t("incident.title")}
        <input
          name="title"
          required
          maxLength={200}
          autoComplete="off"
          defaultValue={event ? say(event.sentence).slice(0, 200) : ""}
        />
      </label>
      <label className="field">
        {t("incident.purpose")}
        <input name="purpose" required minLength={3} maxLength={200} autoComplete="on" />
      </label>
      <label>
        <input type="checkbox" name="urgent" /> {t("incident.urgent")}
      </label>
    </FormDialog>
  );
}
