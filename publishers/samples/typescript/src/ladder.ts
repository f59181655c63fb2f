// ladder.js SEQUENCE delivered|shown: prints who has an alert, or who shows it, whenever that
// changes, until nobody is missing.
//
//   NODE_EXTRA_CA_CERTS=tls/ca.pem NOROSHI_HUB=https://localhost:8443 NOROSHI_TOKEN_FILE=city.token node build/ladder.js 12 shown
//
// Exit: 0 nobody is missing, 1 no answer, 2 usage, 4 refused. Nothing but Node is needed.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

interface Row { subscriber: string; state: string; shown: { medium: string; at: string }[] }

const missingOf: Record<string, string[]> = { delivered: ["queued"], shown: ["queued", "delivered"] };
const [sequence, wanted = ""] = process.argv.slice(2);
const { NOROSHI_HUB: hub, NOROSHI_TOKEN_FILE: tokenFile } = process.env;
const missing = missingOf[wanted];
if (!sequence || !missing || !hub || !tokenFile) {
  console.error("NOROSHI_HUB=https://HOST:PORT NOROSHI_TOKEN_FILE=FILE node build/ladder.js SEQUENCE delivered|shown");
  process.exit(2);
}
const headers = { Authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}` };

async function rows(): Promise<Row[]> {
  const answer = await fetch(`${hub}/v1/alerts/${sequence}/deliveries`, { headers, signal: AbortSignal.timeout(30_000) });
  const body = (await answer.json()) as { deliveries: Row[]; code: string; detail: string };
  if (answer.ok) return body.deliveries;
  console.error(`${body.code}: ${body.detail}`);
  process.exit(4);
}

try {
  for (let before = ""; ; await sleep(1000)) {
    const now = await rows();
    const lines = now.map(({ subscriber, state, shown }) =>
      [subscriber, state, ...shown.map((on) => `${on.medium} ${on.at}`)].join(" ")).join("\n");
    if (lines !== before) console.log(`${lines}\n`);
    before = lines;
    if (!now.some((row) => missing.includes(row.state))) break;
  }
} catch (error) {
  console.error(`${hub}: ${error instanceof Error ? String(error.cause ?? error.message) : error}`);
  process.exitCode = 1;
}
