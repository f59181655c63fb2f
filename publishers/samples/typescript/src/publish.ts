// publish.js FILE [--confirm TOKEN]: sends a CAP document and prints the hub's answer.
//
//   NODE_EXTRA_CA_CERTS=tls/ca.pem NOROSHI_HUB=https://localhost:8443 NOROSHI_TOKEN_FILE=city.token node build/publish.js order.xml
//
// Exit: 0 accepted and durable, 2 usage, 4 refused, 1 no answer. Nothing but Node is needed.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

interface Finding { rule: string; line: number; column: number; path: string; message: string }
interface Problem { code: string; detail: string; findings: Finding[]; confirm?: string }

const triesMax = 5;
const [file, option, confirm] = process.argv.slice(2);
const { NOROSHI_HUB: hub, NOROSHI_TOKEN_FILE: tokenFile } = process.env;
if (!file || (option !== undefined && (option !== "--confirm" || !confirm)) || !hub || !tokenFile) {
  console.error("NOROSHI_HUB=https://HOST:PORT NOROSHI_TOKEN_FILE=FILE node build/publish.js FILE [--confirm TOKEN]");
  process.exit(2);
}

const headers: Record<string, string> = {
  Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}`,
  "Content-Type": "application/cap+xml",
};
if (confirm) headers["Noroshi-Confirm"] = confirm; // a person has seen what the hub asked about these very bytes

function tell(problem: Problem): void {
  console.error(`${problem.code}: ${problem.detail}`);
  for (const { rule, line, column, path, message } of problem.findings)
    console.error(`${rule} ${line}:${column} ${path}: ${message}`);
  if (problem.confirm) console.error(`if it is meant so: node build/publish.js ${file} --confirm ${problem.confirm}`);
}

// Without an answer nothing is known: the same bytes sent again settle it, because the hub knows
// them (200 in place of 201).
process.exitCode = 1;
const body = readFileSync(file);
for (let attempt = 1; attempt <= triesMax; attempt += 1) {
  try {
    const answer = await fetch(`${hub}/v1/alerts`, { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) });
    if (answer.ok) {
      console.log(await answer.text());
      process.exitCode = 0;
      break;
    }
    if ((answer.status !== 429 && answer.status !== 503) || attempt === triesMax) {
      tell((await answer.json()) as Problem);
      process.exitCode = 4;
      break;
    }
    await sleep(Number(answer.headers.get("Retry-After") ?? 1) * 1000);
  } catch (error) {
    console.error(`${hub}: ${error instanceof Error ? String(error.cause ?? error.message) : error}`);
    if (attempt < triesMax) await sleep(1000);
  }
}
