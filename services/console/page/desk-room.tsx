import { Suspense } from "react";
import { useAccount } from "../account/use-session.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { DESK_PAGES } from "./desks.tsx";
import type { DeskPlace } from "./view.ts";

/** The desk that an address leads to, for whoever may have it. */
export function DeskRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { session, may } = useAccount();
  const { page: Page, rights } = DESK_PAGES[at.desk];
  if (!may(...rights)) {
    return (
      <main className="waiting">
        <Notice icon="lock" title={t("desk.not-yours")}>
          <p>{session.login === undefined ? t("desk.sign-in") : t("desk.ask")}</p>
        </Notice>
      </main>
    );
  }
  return (
    <Suspense fallback={<main className="waiting">{t("page.loading")}</main>}>
      <Page at={at} />
    </Suspense>
  );
}
