// receive_webhook.js PORT SECRETS FOLDER: takes webhooks on http://127.0.0.1:PORT, behind whatever ends TLS; stores each as
// FOLDER/<webhook-id>, and only then answers 204. SECRETS is a file with a line whsec_… for each secret that is good.
//
// A webhook may come again (no answer, a crash): its id is the same, and so is the file. Port 0 takes a free one and prints
// it. Answers: 204 stored, 401 not the hub's, 413 too large; 500, and the hub comes again later.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { keep } from "./keep.js";
import { NotGenuine, verify } from "./webhook_signature.js";

const bodyBytesMax = 4 * 1024 * 1024;
const [port, secretsFile, folder] = process.argv.slice(2);
if (!port || !secretsFile || !folder) {
  console.error("node build/receive_webhook.js PORT SECRETS FOLDER");
  process.exit(2);
}
const secrets = readFileSync(secretsFile, "utf8").split(/\s+/).filter((line) => line !== "");
mkdirSync(folder, { recursive: true });

async function take(request: IncomingMessage): Promise<number> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > bodyBytesMax) return 413;
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  try {
    verify(secrets, request.headers, body, Date.now() / 1000);
  } catch (why) {
    if (!(why instanceof NotGenuine)) throw why;
    console.error(why.message);
    return 401;
  }
  const name = String(request.headers["webhook-id"]).replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^\.+/, "").slice(0, 128);
  await keep(folder!, name, body.toString());
  console.log("stored", name);
  return 204;
}

const server = createServer((request, answer) => {
  const end = (status: number): unknown => answer.writeHead(status, { Connection: "close" }).end();
  if (request.method !== "POST") return void end(405);
  take(request).then(end, (error: unknown) => {
    console.error(error);
    end(500);
  });
});
server.requestTimeout = 30_000;
server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`http://127.0.0.1:${address.port}`);
});
