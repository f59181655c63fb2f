// receive.js FOLDER: receives alerts as server-sent events, stores each as FOLDER/<sequence>.json, and only
// then acknowledges it.
//
//   NODE_EXTRA_CA_CERTS=tls/ca.pem NOROSHI_HUB=https://localhost:8443 NOROSHI_TOKEN_FILE=web.token node build/receive.js received
//
// It comes back after any failure, with the id of the last event it stored. The subscriber needs the
// outlet `events`. For the live stream with receipts of its own there is subscribers/client-ts.
// Exit: 2 usage, 4 refused or sent away for good (suspended, replaced, drill over).
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, Refused, run, wordsOf } from "./hub.js";
import { keep } from "./keep.js";

interface Event { id: string; name: string; data: string }

const forGood = ["replaced", "suspended", "drill.closed", "log.rolled_back"];
const silenceMsMax = 45_000; // there is a heartbeat every 15 s

/** Each event, as WHATWG HTML 9.2.6 has them. */
async function* events(lastId: string | undefined): AsyncGenerator<Event> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), silenceMsMax);
  try {
    const answer = await ask("GET", "/v1/events", undefined, {
      signal: silent.signal,
      headers: { Accept: "text/event-stream", ...(lastId && { "Last-Event-ID": lastId }) },
    });
    const decoder = new TextDecoder();
    let [rest, id, name, data] = ["", lastId ?? "", "message", ""];
    for await (const part of answer.body! as unknown as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), silenceMsMax);
      const lines = (rest + decoder.decode(part, { stream: true })).split(/\r?\n/);
      rest = lines.pop()!;
      for (const line of lines) {
        if (line.startsWith("id: ")) id = line.slice(4);
        else if (line.startsWith("event: ")) name = line.slice(7);
        else if (line.startsWith("data: ")) data = line.slice(6);
        else if (line === "" && data !== "") {
          yield { id, name, data };
          [name, data] = ["message", ""];
        }
      }
    }
  } finally {
    clearTimeout(timer);
    silent.abort();
  }
}

/** False when the hub says good-bye for good. */
async function take(folder: string, { id, name, data }: Event): Promise<boolean> {
  if (name === "goodbye") {
    console.error(data);
    return !forGood.includes((JSON.parse(data) as { goodbye: { code: string } }).goodbye.code);
  }
  const sequence = id.split("-")[1]!;
  if (name === "delivery" || name === "passed") {
    await keep(folder, `${sequence}.json`, `${data}\n`);
    await keep(folder, "last-event-id", `${id}\n`);
    console.log(name, sequence);
  } else if (name !== "probe") return true; // with a probe the hub tries the way; nobody is shown anything
  await ask("POST", "/v1/receipts", { ack: { through: Number(sequence) } })
    .then((answer) => answer.text())
    .catch((error: unknown) => console.error("not acknowledged yet:", wordsOf(error))); // the next Last-Event-ID says it, too
  return true;
}

function lastEventId(folder: string): string | undefined {
  try {
    return readFileSync(path.join(folder, "last-event-id"), "utf8").trim();
  } catch {
    return undefined;
  }
}

await run("node build/receive.js FOLDER", 1, async (folder) => {
  mkdirSync(folder!, { recursive: true });
  for (let wait = 1000; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      for await (const event of events(lastEventId(folder!))) {
        wait = 1000;
        if (!(await take(folder!, event))) return 4;
      }
    } catch (error) {
      if (error instanceof Refused && error.status !== 429 && error.status !== 503) throw error;
      console.error("lost:", wordsOf(error));
    }
    await sleep(wait / 2 + (Math.random() * wait) / 2); // so that not everybody is back at once
  }
});
