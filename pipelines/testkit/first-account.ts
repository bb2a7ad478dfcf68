const LOGIN = "first";
const PASSWORD = "correct horse battery";

/** What a town says when it starts without an account. */
const PRINTED = /make the first account: http:\S+\/#set-up=([\w-]+)/;

/**
 * Makes the first account as whoever runs the box would, with every role of the tenant, where the town asks for one; else signs in to the
 * one that was made so earlier.
 * @param said what the town printed when it started.
 * @param address of its doors, as `http://127.0.0.1:8080`.
 * @returns the `cookie` header of a browser that is signed in.
 */
export async function signInFirst(said: string, address: string, tenant: string): Promise<string> {
  const ask = async (method: string, path: string, body: object, cookie?: string) => {
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { "content-type": "application/json", ...(cookie !== undefined && { cookie }) },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  };
  const signIn = () => ask("POST", "/v1/session", { login: LOGIN, password: PASSWORD });
  const token = PRINTED.exec(said)?.[1];
  if (token === undefined) return signIn();
  await ask("POST", "/v1/set-up", { token, login: LOGIN, name: "First", password: PASSWORD });
  const grants = ["administrator", "dispatcher"].map((role) => ({ tenant, role }));
  await ask("PATCH", `/v1/people/${LOGIN}`, { grants }, await signIn());
  return signIn();
}
