// on_air.js SEQUENCE MEDIUM shown|withdrawn|refused [REASON]: tells the hub what became of an alert; the city sees it.
//
//   NODE_EXTRA_CA_CERTS=tls/ca.pem NOROSHI_HUB=https://localhost:8443 NOROSHI_TOKEN_FILE=tv.token node build/on_air.js 12 tv.lshape shown
//
// MEDIUM: tv.lshape tv.data radio signage app web carnav cell. A refusal has a reason (200 bytes at most).
// Exit: 0 recorded, 1 no answer (say it again: the same report changes nothing), 2 usage, 4 refused.
import { setTimeout as sleep } from "node:timers/promises";
import { ask, run } from "./hub.js";

interface Taken { recorded: string[]; declined: { code: string; detail: string }[] }

const triesMax = 5;

await run("node build/on_air.js SEQUENCE MEDIUM shown|withdrawn|refused [REASON]", 3, async (sequence, medium, state, reason = "") => {
  const report = {
    // Ours, and unique for ever: made of what is said, so that saying it again is the same report.
    id: `${sequence}-${medium}-${state}`,
    sequence: Number(sequence), medium, state, at: new Date().toISOString(), detail: reason,
  };
  for (let attempt = 1; attempt <= triesMax; attempt += 1) {
    const { recorded, declined } = (await (await ask("POST", "/v1/receipts", { receipts: [report] })).json()) as Taken;
    if (recorded.length > 0) {
      console.log("recorded", report.id); // in the log, for good
      return 0;
    }
    if (declined[0]) { // never will be
      console.error(`${declined[0].code}: ${declined[0].detail}`);
      return 4;
    }
    await sleep(1000); // not taken: the hub has too many just now
  }
  return 1;
});
