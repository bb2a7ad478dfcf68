const AFTER_MS = 2_000;

/** Lets the service worker keep the page for when there is no connection, once nothing more important is loading. */
export function keepPage(): void {
  if (!("serviceWorker" in navigator)) return;
  // Where it cannot be registered the page works as any other does.
  const register = () => void navigator.serviceWorker.register("/worker.js").catch(() => undefined);
  setTimeout(register, AFTER_MS);
}
