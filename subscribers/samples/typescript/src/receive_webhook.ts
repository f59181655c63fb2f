// receive_webhook.js PORT SECRETS FOLDER [CERTIFICATE KEY]: takes webhooks on PORT and stores each as FOLDER/<webhook-id>.xml
// or .json; only then it answers 204. SECRETS is a file with a line whsec_… for each secret that is good.
//
//   noroshi-hub subscriber webhook tv set --url https://tv.example.jp/noroshi --payload cap; … secret add > secrets
//   node build/receive_webhook.js 8080 secrets received
//
// With CERTIFICATE and KEY (PEM) it speaks TLS itself, else plain HTTP on 127.0.0.1, behind whatever ends TLS. Port 0 takes
// a free one and prints it. A webhook may come again (no answer, a crash): its id is the same, and so is the file.
// Answers: 204 stored, 401 not the hub's, 413 too large; 500 when it cannot be stored, and the hub comes again later.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { keep } from "./keep.js";
import { NotGenuine, verify } from "./webhook_signature.js";

const bodyBytesMax = 4 * 1024 * 1024;
const [port, secretsFile, folder, certificate, key] = process.argv.slice(2);
if (!port || !secretsFile || !folder || (certificate && !key)) {
  console.error("node build/receive_webhook.js PORT SECRETS FOLDER [CERTIFICATE KEY]");
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
  await store(request, body);
  return 204;
}

/** The id is signed, and tells what it is: <epoch>-<sequence>, or with -passed or -probe behind it. */
async function store({ headers }: IncomingMessage, body: Buffer): Promise<void> {
  const name = String(headers["webhook-id"]).replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^\.+/, "").slice(0, 128);
  if (name.endsWith("-probe")) return; // the hub tries the way; nobody is shown anything
  const form = headers["content-type"]?.startsWith("application/cap+xml") ? "xml" : "json";
  await keep(folder!, `${name}.${form}`, body);
  console.log("stored", name);
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const end = (status: number): unknown => response.writeHead(status).end();
  if (request.method !== "POST") return void end(405);
  take(request).then(end, (error: unknown) => {
    console.error(error);
    end(500);
  });
}

const server = certificate
  ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key!) }, answer)
  : createServer(answer);
server.requestTimeout = 30_000;
server.listen(Number(port), certificate ? undefined : "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`http${certificate ? "s" : ""}://localhost:${address.port}`);
});
