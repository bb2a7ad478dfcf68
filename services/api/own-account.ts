import type { Person } from "@yardline/identity/account";
import type { FastifyReply, FastifyRequest } from "fastify";
import { audited } from "./audited.ts";
import { type Identity, sessionCookie } from "./identify.ts";
import type { Parts } from "./parts.ts";
import { having, proven, signedIn, told } from "./sign-in.ts";
import type { WorkQueue } from "./work-queue.ts";

export type OwnAccountParts = Pick<Parts, "identity" | "clock"> & { readonly logins: WorkQueue };

/** What somebody changes of their own account, with their present password or a code. */
export type OwnAccount = {
  /** @throws Refusal 401 for a program or nobody, 409, 429 after wrong tries, which are counted as those at the door are. */
  change<Result>(
    request: FastifyRequest,
    what: "password" | "second factor shown" | "second factor confirmed" | "second factor removed",
    work: (login: string, accounts: Identity["accounts"]) => Promise<Result>,
  ): Promise<Result>;
  /** Such a change ends all their sessions; the browser that it was made in gets a new one. */
  stayIn(person: Person, request: FastifyRequest, reply: FastifyReply): Promise<void>;
};

export function ownAccount({ identity, clock, logins }: OwnAccountParts): OwnAccount {
  return {
    async change(request, what, work) {
      const { visitor, ip } = request;
      const { login } = signedIn(visitor);
      const { accounts, throttle } = having(identity);
      const asked = { login, address: ip, now_ms: clock.now_ms() };
      return proven(throttle, asked, async () => {
        await audited(request, {
          action: "people",
          object: { kind: "account", id: login },
          details: { change: what },
        });
        return logins.run(() => told(() => work(login, accounts)));
      });
    },
    async stayIn(person, request, reply) {
      const agent = request.headers["user-agent"];
      const token = await having(identity).sessions.begin(person, clock.now_ms(), agent);
      reply.header("set-cookie", sessionCookie(token, request));
    },
  };
}
