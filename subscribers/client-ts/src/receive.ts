#!/usr/bin/env node
// noroshi-receive: the library as a program. One line of JSON for each alert that is stored.
import { toJson } from "@bufbuild/protobuf";
import { parseArgs } from "node:util";
import {
  DeliverySchema, FileStore, type Item, media, type Medium, PassedSchema, readCredentials,
  ReceiptFolder, Receiver, StandingFile,
} from "./index.js";

const usage = `noroshi-receive --hub URL[,URL…] --token-file FILE --out DIR [options]
  Stores what a hub addresses to this subscriber in DIR, acknowledges it, and prints a line of JSON
  for each. It keeps running, and comes back after any failure.

  --hub URL[,URL…]     https://HOST:PORT; of several the next when one does not answer
  --ca FILE            the authority that signed the hub's certificate (PEM)
  --token-file FILE    who calls; on port 8444 instead: --cert FILE --key FILE
  --out DIR            where alerts lie, and with --on-air the receipts that wait
  --drill ID           a drill session, with a token of that session
  --on-air MEDIUM      report what is stored as on air: ${media.join(" ")}

  noroshi-receive --hub https://localhost:8443 --ca tls/ca.pem --token-file demo/demo-tv.token --out received
Exit codes: 0 stopped · 1 failed · 2 usage · 4 refused (suspended, token) · 6 replaced`;

const { values } = parseArgs({
  options: {
    hub: { type: "string" }, ca: { type: "string" }, "token-file": { type: "string" },
    cert: { type: "string" }, key: { type: "string" }, out: { type: "string" },
    drill: { type: "string" }, "on-air": { type: "string" }, help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const medium = values["on-air"];
if (!values.hub || !values.out || (medium !== undefined && !media.includes(medium as Medium))) {
  console.error(usage);
  process.exit(2);
}

function line({ position, content, channel, receivedAt }: Item): string {
  const about = { epoch: String(position.epoch), sequence: String(position.sequence), channel, received_at: receivedAt };
  if (content.kind === "passed") return JSON.stringify({ ...about, passed: toJson(PassedSchema, content.passed) });
  const { capXml: _, ...rest } = content.delivery;
  return JSON.stringify({ ...about, delivery: toJson(DeliverySchema, rest as typeof content.delivery) });
}

const exits: Record<string, number> = { asked: 0, suspended: 4, not_allowed: 4, replaced: 6 };

try {
  const credentials = await readCredentials({
    ...(values.ca !== undefined && { ca: values.ca }),
    ...(values["token-file"] !== undefined && { token: values["token-file"] }),
    ...(values.cert !== undefined && { certificate: values.cert }),
    ...(values.key !== undefined && { key: values.key }),
  });
  const receiver = new Receiver({
    hubs: values.hub.split(","),
    credentials,
    store: new FileStore(values.out),
    receipts: new ReceiptFolder(`${values.out}/receipts`),
    standing: new StandingFile(values.out),
    ...(values.drill !== undefined && { drill: values.drill }),
    ...(medium !== undefined && { onAir: medium as Medium }),
  }, {
    connected: (welcome, hub) => console.error(`connected to ${hub} as ${welcome.subscriber} (${welcome.channel}, ${welcome.environment})`),
    lost: (fault, hub, retryInMs) => console.error(`${hub}: ${fault.kind}: ${fault.detail}; again in ${Math.ceil(retryInMs / 1000)} s`),
    stored: (items) => items.forEach((item) => console.log(line(item))),
    changed: (alerts) => alerts.forEach((held) => console.error(`${held.state}: ${held.identifier} ${held.headline}`)),
    declined: ({ id, code, detail }) => console.error(`receipt ${id} declined: ${code}: ${detail}`),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => receiver.stop());
  const ending = await receiver.run();
  if (ending.kind !== "asked") console.error(`ended: ${ending.kind}: ${ending.detail}`);
  process.exitCode = exits[ending.kind] ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
