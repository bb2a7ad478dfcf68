import type { SettingsOwner } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

const OWNERS: Readonly<Record<SettingsOwner["by"], MessageKey>> = {
  file: "owner.file",
  "command-line": "owner.command-line",
  demonstration: "owner.demonstration",
  region: "owner.region",
  pages: "owner.pages",
};

/** Where settings are changed, said before anybody tries. */
export function OwnerNote({ owner }: { readonly owner: SettingsOwner }) {
  const { t } = useSpeech();
  const isHere = owner.by === "pages";
  return (
    <p className={isHere ? "room-lead" : "boxed boxed-warn"}>
      <span>
        {!isHere && <Icon name="lock" />} {t(OWNERS[owner.by], { name: owner.name ?? "" })}
      </span>
    </p>
  );
}
