import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { accountChanged, type Person } from "@yardline/identity/account";
import { PASSWORD_CHARS_MAX } from "@yardline/identity/password";
import { givesRights } from "@yardline/identity/set-up";
import { Grant } from "@yardline/permission/grant";
import { mayAppoint } from "@yardline/tenancy/tree";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { expectedRevision, IfMatch, revisionTag } from "../if-match.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import { having, passwordsOff, told } from "../sign-in.ts";
import type { WorkQueue } from "../work-queue.ts";

const Login = Type.String({ minLength: 1, maxLength: 63 });
const Password = Type.String({ minLength: 1, maxLength: PASSWORD_CHARS_MAX });
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Grants = Type.Array(Grant, { maxItems: 50 });

export const PersonAnswer = Type.Object(
  {
    login: Login,
    name: Name,
    grants: Grants,
    locked: Type.Boolean(),
    has_totp: Type.Boolean({ description: "Whether signing in takes a second factor." }),
    outside: Type.Boolean({ description: "Signs in at the town's provider, which says what they may." }),
    revision: Type.Integer({ description: "In quotes it is the `ETag` to change it by." }),
  },
  { $id: "Person" },
);

const NewPerson = Type.Object(
  { login: Login, name: Name, password: Password, grants: Grants },
  { additionalProperties: false },
);

const PersonChange = Type.Object(
  {
    name: Type.Optional(Name),
    password: Type.Optional(Password),
    grants: Type.Optional(Grants),
    locked: Type.Optional(Type.Boolean()),
    without_totp: Type.Optional(
      Type.Literal(true, { description: "Takes the second factor away from whoever lost it." }),
    ),
    end_sessions: Type.Optional(
      Type.Literal(true, { description: "Signs them out everywhere, without any other change." }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

type Options = Pick<Parts, "identity" | "town"> & { readonly logins: WorkQueue };

export const peopleRoute: FastifyPluginAsyncTypebox<Options> = async (app, { identity, town, logins }) => {
  app.get(
    "/v1/people",
    {
      config: { access: ["people"] },
      schema: {
        operationId: "listPeople",
        summary: "Everybody who has an account, and what they may",
        tags: ["people"],
        response: answers({ 200: Type.Object({ people: Type.Array(refTo(PersonAnswer)) }) }),
      },
    },
    async () => {
      const all = (await identity?.accounts.list()) ?? [];
      return {
        people: all.filter((each) => isOf(each, town.tenant)).map((each) => answerOf(each, town.tenant)),
      };
    },
  );

  app.post(
    "/v1/people",
    {
      config: { access: ["people"], audits: "always" },
      schema: {
        operationId: "addPerson",
        summary: "Make an account",
        tags: ["people"],
        body: NewPerson,
        response: answers({ 201: refTo(PersonAnswer) }, [400, 403, 409, 503]),
      },
    },
    async (request, reply) => {
      const { login, ...account } = request.body;
      const { accounts, passwords } = having(identity);
      refuseForeign(account.grants, town);
      if (passwords === "administrators" && !account.grants.some(givesRights)) throw passwordsOff();
      await audited(request, {
        action: "people",
        object: { kind: "account", id: login },
        details: { change: "added", grants: JSON.stringify(account.grants) },
      });
      await logins.run(() => told(() => accounts.create(login, account)));
      const person = await getPerson(accounts, login);
      return reply.code(201).header("etag", revisionTag(person.revision)).send(answerOf(person, town.tenant));
    },
  );

  app.patch(
    "/v1/people/:login",
    {
      config: { access: ["people"], audits: "always" },
      schema: {
        operationId: "changePerson",
        summary: "Change an account; all its sessions end, unless only its name changes",
        tags: ["people"],
        params: Type.Object({ login: Login }),
        headers: IfMatch,
        body: PersonChange,
        response: answers({ 200: refTo(PersonAnswer) }, [400, 404, 409, 412, 503]),
      },
    },
    async (request, reply) => {
      const { login } = request.params;
      const { without_totp, ...change } = request.body;
      const { accounts } = having(identity);
      const expected = expectedRevision(request.headers);
      if (change.grants) refuseForeign(change.grants, town);
      const before = await accounts.find(login);
      refuseElsewhere(before, login, town.tenant);
      await told(async () => refuseChanged(before, expected));
      await refuseLast(await accounts.list(), login, change, town.tenant);
      await audited(request, {
        action: "people",
        object: { kind: "account", id: login },
        details: {
          // Which fields; a password itself is nobody's business.
          change: Object.keys(request.body).join(", "),
          ...(change.grants && { grants: JSON.stringify(change.grants) }),
          ...(change.locked !== undefined && { locked: change.locked }),
        },
      });
      const whole = { ...change, ...(without_totp && { totp_secret: null }) };
      const condition = expected === undefined ? {} : { expected };
      const after = await logins.run(() => told(() => accounts.change(login, whole, condition)));
      reply.header("etag", revisionTag(after.revision));
      return answerOf(after, town.tenant);
    },
  );
};

/** Whether an account is a tenant's to know of. One without grants is nobody's, and anybody's to take up. */
function isOf({ grants }: Person, tenant: string): boolean {
  return grants.length === 0 || grants.some((grant) => grant.tenant === tenant);
}

/** Whoever could change an account that works elsewhere, too, could sign in there by a password of their own. @throws Refusal 404, 409 */
function refuseElsewhere(person: Person | undefined, login: string, tenant: string): void {
  if (!person || person.grants.every((grant) => grant.tenant === tenant)) return;
  if (!isOf(person, tenant)) throw unknown(login);
  const message =
    "This account is another tenant's, too: neither changes it alone. Make one of your own for here.";
  throw new Refusal(409, "ACCOUNT_ELSEWHERE", message);
}

/** Before anything is written down: what does not happen is not in the log. @throws AppError `ACCOUNT_CHANGED` */
function refuseChanged(person: Person | undefined, expected: number | undefined): void {
  if (person && expected !== undefined && person.revision !== expected) throw accountChanged(person.login);
}

function unknown(login: string): Refusal {
  return new Refusal(404, "ACCOUNT_GONE", `There is no account "${login}".`);
}

/** Nobody gives away what is another tenant's; a region appoints administrators of its hromadas. @throws Refusal 400 */
function refuseForeign(grants: readonly Grant[], { tenant, tenants = [] }: Parts["town"]): void {
  if (grants.every((grant) => mayAppoint(tenants, tenant, grant))) return;
  throw new Refusal(400, "GRANT_FOREIGN", `Grants given here are within "${tenant}".`);
}

/** Somebody must be left who can give others their rights. @throws Refusal 409 */
async function refuseLast(
  people: readonly Person[],
  login: string,
  { grants, locked }: Static<typeof PersonChange>,
  tenant: string,
): Promise<void> {
  const after = people.map((each) =>
    each.login === login ? { ...each, grants: grants ?? each.grants, locked: locked ?? each.locked } : each,
  );
  const gives = (each: Pick<Person, "grants">) =>
    each.grants.some(
      ({ tenant: of, role, also }) => of === tenant && (role === "administrator" || also?.includes("people")),
    );
  if (after.some((each) => gives(each) && !each.locked)) return;
  throw new Refusal(409, "LAST_ADMINISTRATOR", "Nobody would be left who can give rights to others.");
}

async function getPerson(
  accounts: { find(login: string): Promise<Person | undefined> },
  login: string,
): Promise<Person> {
  const person = await accounts.find(login);
  if (!person) throw unknown(login);
  return person;
}

function answerOf(
  { login, name, locked, has_totp, outside, revision, ...person }: Person,
  tenant: string,
): Static<typeof PersonAnswer> {
  const grants = person.grants.filter((grant) => grant.tenant === tenant);
  return { login, name, grants, locked: locked ?? false, has_totp, outside: outside !== undefined, revision };
}
