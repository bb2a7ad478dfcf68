/** Goes where redirects lead, as a browser does, keeping the cookies of each origin. */
export type Walker = {
  /** @param until ends the walk before that address is asked for. @returns where it ended, and the last answer. */
  go(
    from: string,
    until?: (url: URL) => boolean,
  ): Promise<{ readonly url: URL; readonly status: number; readonly cookies: readonly string[] }>;
  cookiesOf(url: string): string;
};

const STEPS_MAX = 12;

export function startWalking(): Walker {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => {
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    return jar;
  };
  const sent = (url: URL) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    cookiesOf: (url) => sent(new URL(url)),
    async go(from, until = () => false) {
      let url = new URL(from);
      for (let step = 0; step < STEPS_MAX; step++) {
        const headers = { cookie: sent(url), accept: "text/html", "sec-fetch-mode": "navigate" };
        const answer = await fetch(url, { redirect: "manual", headers });
        await answer.arrayBuffer();
        const cookies = answer.headers.getSetCookie();
        for (const cookie of cookies) keep(jarOf(url), cookie);
        const location = answer.headers.get("location");
        if (location === null) return { url, status: answer.status, cookies };
        url = new URL(location, url);
        if (until(url)) return { url, status: answer.status, cookies };
      }
      throw new Error(`more than ${STEPS_MAX} redirects`);
    },
  };
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name);
  else jar.set(name, value);
}
