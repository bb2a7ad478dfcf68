import { guardedRequest } from "@yardline/sources/http/guarded-request";

export type Letter = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Sends a letter. @returns the status of the answer, of which nothing else is read. @throws whatever kept it from arriving. */
export type Post = (url: URL, letter: Letter, signal: AbortSignal) => Promise<number>;

/**
 * To where the town's settings say and nowhere else: a name that leads to this machine, its link or a cloud's own address is not
 * connected to, and where a receiver moved to is for a person to decide, not for the receiver's answer.
 * @throws AppError as `guardedRequest`.
 */
export const guardedPost: Post = async (url, { headers, body }, signal) => {
  const answer = await guardedRequest({ url, headers, body, namedBy: "town", trust: {}, signal });
  answer.destroy();
  return answer.statusCode;
};
