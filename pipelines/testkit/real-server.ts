import { AppError } from "@yardline/domain/errors";

export type RealServer = "kafka" | "elasticsearch" | "postgres";

/**
 * The address of a real server that all test files of a run share, started when the first of them asks; the next ones wait with it.
 * Each file keeps to names of its own there. `YARDLINE_TEST_KAFKA`, `…_ELASTICSEARCH`, `…_POSTGRES` name one that runs already.
 * @throws AppError `BACKEND_TOOLS_MISSING` naming what to install, `BACKEND_FAILED` with the server's last words.
 */
export async function realServer(name: RealServer): Promise<string> {
  const given = process.env[`YARDLINE_TEST_${name.toUpperCase()}`];
  if (given) return given;
  const starter = process.env["YARDLINE_TEST_SERVERS"];
  if (!starter) throw new AppError("BACKEND_FAILED", "Real servers are there for tests run by vitest only.");
  const answer = await fetch(new URL(name, starter));
  const text = await answer.text();
  if (!answer.ok) throw new AppError(answer.headers.get("x-code") ?? "BACKEND_FAILED", text);
  return text;
}
