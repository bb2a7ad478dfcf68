import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { createDrafts, type Draft } from "./drafts.ts";

/** Random enough that nobody else's is the same; `randomUUID` is not there where a town has no certificate. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const drafts = createDrafts(storage(), Date.now, newId);

/** What the person who sits here is writing under a name; nobody else at this device sees it in their own forms. */
export function useDraft(name: string): {
  readonly draft: Draft | undefined;
  write(text: string): void;
  sent(): void;
} {
  const { session } = useAccount();
  const own = `${session.login ?? ""}/${name}`;
  const [, anew] = useState(0);
  const again = () => anew((times) => times + 1);
  return {
    draft: drafts.find(own),
    write(text) {
      drafts.write(own, text);
      again();
    },
    sent() {
      drafts.drop(own);
      again();
    },
  };
}
