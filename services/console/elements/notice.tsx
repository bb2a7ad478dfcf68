import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** What a part of the page says when it has nothing else to show: why, and what to do about it. */
export function Notice({
  icon,
  title,
  children,
  tone = "plain",
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: "plain" | "bad";
}) {
  return (
    <div className={`notice notice-${tone}`} role={tone === "bad" ? "alert" : undefined}>
      <Icon name={icon} size={28} />
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** A command to type, whole. */
export function Command({ children }: { readonly children: string }) {
  return (
    <pre className="command">
      <code>{children}</code>
    </pre>
  );
}
