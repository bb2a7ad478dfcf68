import { answering, noticeOf } from "./keeping.ts";

/** Written in by the build: the files that passengers' pages need, as paths, and what tells one build from another. */
declare const KEPT_FILES: readonly string[];
declare const KEPT_NAME: string;

type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Waiting & { readonly request: Request; respondWith(answer: Promise<Response>): void };
type Pushing = Waiting & { readonly data: { json(): unknown } | null };
type Clicking = Waiting & { readonly notification: Notification };
type Client = { readonly url: string; focus(): Promise<unknown> };

/** The part of a service worker's world that is used here; the page's own types do not know it. */
declare const self: {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(of: {
      readonly type: "window";
      readonly includeUncontrolled: boolean;
    }): Promise<readonly Client[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", heard: (event: Waiting) => void): void;
  addEventListener(name: "fetch", heard: (event: Fetching) => void): void;
  addEventListener(name: "push", heard: (event: Pushing) => void): void;
  addEventListener(name: "notificationclick", heard: (event: Clicking) => void): void;
};

/** Stores of pages, told from those of timetables. */
const PAGES = "yardline-page-";
const STORE = PAGES + KEPT_NAME;
const PAGE = "/stops";
/** A town that has not answered by then is not waited for. */
const PAGE_MS_MAX = 3_000;
const FILES = new Set(KEPT_FILES);

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const kind = answering(event.request, self.location.origin, FILES);
  if (kind === "page") event.respondWith(pageOf(event.request));
  if (kind === "file") event.respondWith(fileOf(event.request));
});

self.addEventListener("push", (event) => {
  const notice = noticeOf(event.data?.json());
  // A browser wants something to be shown for each message; of one that cannot be read nothing can be.
  if (!notice) return;
  const { title, body, tag, path } = notice;
  const shown = { body, tag, icon: "/icon-192.png", badge: "/icon-192.png", data: { path } };
  event.waitUntil(self.registration.showNotification(title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { path } = event.notification.data as { readonly path: string };
  event.waitUntil(show(new URL(path, self.location.origin).href));
});

async function keepAll(): Promise<void> {
  const store = await caches.open(STORE);
  await store.addAll(
    [...KEPT_FILES, PAGE].map((path) => new Request(path, { headers: { accept: "text/html,*/*" } })),
  );
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PAGES) && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function pageOf(request: Request): Promise<Response> {
  const limit = AbortSignal.timeout(PAGE_MS_MAX);
  // The town's page, which may be newer, as long as it comes; else the kept one, whose files are kept too.
  const answer = await fetch(request.url, {
    headers: { accept: "text/html" },
    credentials: "same-origin",
    signal: limit,
  }).catch(() => undefined);
  if (answer?.ok) return answer;
  return (await caches.match(PAGE)) ?? answer ?? Response.error();
}

async function fileOf(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return (await caches.match(pathname)) ?? fetch(request);
}

async function show(url: string): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((client) => client.url === url);
  await (there ? there.focus() : self.clients.openWindow(url));
}
