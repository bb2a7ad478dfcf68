import { type ReactNode, useEffect, useId, useRef } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { Icon } from "./icon.tsx";

/**
 * What lies open over the map (over everything on a phone). Focus goes to its heading when it opens; Esc closes it. It does
 * not lock the rest: a dispatcher goes on through the list while it is open. When it closes, focus goes back to what opened it.
 */
export function Sheet({
  name,
  title,
  alone = false,
  onClose,
  children,
}: {
  /** Another name is another thing: focus moves anew. */
  readonly name: string;
  readonly title: ReactNode;
  /** Nothing else is on the page: its heading is the page's. */
  readonly alone?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}) {
  const { t } = useSpeech();
  const titleId = useId();
  const Heading = alone ? "h1" : "h2";
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  // Each newly opened thing takes the focus.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [name]);
  useEffect(() => {
    const onKey = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === "Escape" && !defaultPrevented) onClose();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <section className="sheet" aria-labelledby={titleId}>
      <header className="sheet-head">
        <Heading id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </Heading>
        <button
          type="button"
          className="icon-button"
          onClick={onClose}
          aria-label={t("close")}
          title={t("close")}
        >
          <Icon name="close" size={20} />
        </button>
      </header>
      <div className="sheet-body">{children}</div>
    </section>
  );
}
