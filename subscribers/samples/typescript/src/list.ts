// list.js [QUERY]: prints the alerts, newest first. QUERY is as in the contract: 'area=36&in_force=true&limit=20'.
//
//   NODE_EXTRA_CA_CERTS=tls/ca.pem NOROSHI_HUB=https://localhost:8443 NOROSHI_TOKEN_FILE=tv.token node build/list.js 'area=36'
import { ask, run } from "./hub.js";

interface Listed { sequence: number; accepted_at: string; level: number | null; headline: string }

await run("node build/list.js [QUERY]", 0, async (query = "limit=20") => {
  const { alerts } = (await (await ask("GET", `/v1/alerts?${query}`)).json()) as { alerts: Listed[] };
  for (const { sequence, accepted_at, level, headline } of alerts)
    // Level 255: one the hub could not read, to be treated as the highest.
    console.log(sequence, accepted_at, level === 255 ? "?" : level ?? "-", headline);
  return 0;
});
