import type { AskedReminder } from "../api/types.ts";

/** Whether this browser can be told anything at all: not over plain http, and on some phones only once the page is installed. */
export const canBeTold = (): boolean =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Where this browser can be told something; asks the person first. @returns undefined where they, or the browser, do not want it. */
export async function pushAddress(public_key: string): Promise<AskedReminder["address"] | undefined> {
  if ((await Notification.requestPermission()) !== "granted") return undefined;
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const key = bytesOf(public_key);
    const before = await pushManager.getSubscription();
    const standing = before && sameBytes(before.options.applicationServerKey, key) ? before : undefined;
    // Another town, or the same one with another key: a browser has one sender at a time.
    if (before && !standing) await before.unsubscribe();
    const wanted = { userVisibleOnly: true, applicationServerKey: key };
    const { endpoint, keys } = (standing ?? (await pushManager.subscribe(wanted))).toJSON();
    const { p256dh, auth } = keys ?? {};
    if (endpoint === undefined || p256dh === undefined || auth === undefined) return undefined;
    return { endpoint, keys: { p256dh, auth } };
  } catch {
    return undefined;
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function sameBytes(a: ArrayBuffer | null, b: Uint8Array): boolean {
  const bytes = new Uint8Array(a ?? new ArrayBuffer(0));
  return bytes.length === b.length && bytes.every((byte, at) => byte === b[at]);
}
