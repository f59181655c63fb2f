// The hub as these samples ask it: NOROSHI_HUB and NOROSHI_TOKEN_FILE say where it is and who calls,
// NODE_EXTRA_CA_CERTS whom it is believed to be. Nothing but Node is needed.
import { readFileSync } from "node:fs";

/** The hub said no; `code` is stable, the rest is for people. */
export class Refused extends Error {
  constructor(readonly status: number, code: string, detail: string) {
    super(`${code}: ${detail}`);
  }
}

/** The answer, to be read; throws Refused, or another error where nothing is known. */
export async function ask(method: string, target: string, value?: unknown,
  more: { signal?: AbortSignal; headers?: Record<string, string> } = {}): Promise<Response> {
  const { NOROSHI_HUB: hub, NOROSHI_TOKEN_FILE: tokenFile } = process.env;
  if (!hub || !tokenFile) throw new Error("NOROSHI_HUB is https://HOST:PORT, NOROSHI_TOKEN_FILE the file of the token");
  const headers: Record<string, string> = {
    Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}`,
    Accept: "application/json",
    ...(value !== undefined && { "Content-Type": "application/json" }),
    ...more.headers,
  };
  const answer = await fetch(`${hub}${target}`, {
    signal: AbortSignal.timeout(30_000), ...more, method, headers,
    ...(value !== undefined && { body: JSON.stringify(value) }),
  });
  if (answer.ok) return answer;
  const { code = String(answer.status), detail = "" } =
    (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new Refused(answer.status, code, detail);
}

/** Exit codes: 0, 1 no answer, 2 usage, 4 refused. */
export async function run(usage: string, argumentsMin: number, main: (...words: string[]) => Promise<number>): Promise<void> {
  const words = process.argv.slice(2);
  if (words.length < argumentsMin) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await main(...words);
  } catch (error) {
    console.error(wordsOf(error));
    process.exitCode = error instanceof Refused ? 4 : 1;
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? String(error.cause ?? error.message) : String(error);
}
