// A real hub as a child process, with one city and some subscribers; NOROSHI_HUB_BINARY names it.
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import type { Credentials } from "../src/index.js";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const binary = process.env["NOROSHI_HUB_BINARY"] ?? "";
const readyMsMax = 60_000;

export class Hub {
  readonly data: string;
  port = 0;
  mutualPort = 0;
  #process: ChildProcess | undefined;

  private constructor(readonly scratch: string) {
    this.data = path.join(scratch, "hub");
  }

  /** Made, started, and gone when the test has ended. */
  static async start(test: TestContext): Promise<Hub> {
    if (binary === "") throw new Error("NOROSHI_HUB_BINARY names no hub");
    const hub = new Hub(mkdtempSync(path.join(tmpdir(), "noroshi-client-ts-")));
    test.after(async () => {
      await hub.kill();
      rmSync(hub.scratch, { recursive: true, force: true });
    });
    hub.verb("init", hub.data);
    await hub.serve();
    return hub;
  }

  verb(...words: string[]): string {
    const data = words[0] === "init" ? [] : ["--data", this.data];
    return execFileSync(binary, [...words, ...data], { encoding: "utf8", timeout: 60_000, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** A verb that waits for what this process has to do. */
  async patientVerb(...words: string[]): Promise<string> {
    return (await promisify(execFile)(binary, [...words, "--data", this.data], { timeout: 60_000 })).stdout;
  }

  /** The token of a new publisher, subscriber, or of one of them for a drill. */
  token(...words: string[]): string {
    const found = /\bnr[sd]_[psof]_[A-Za-z0-9_-]{40,}/.exec(this.verb(...words));
    if (!found) throw new Error(`no token from ${words.join(" ")}`);
    return found[0];
  }

  city(): string {
    return this.token("publisher", "add", "362018", "--name", "徳島市", "--sender", "city.example", "--areas", "362018");
  }

  subscriber(id: string): string {
    return this.token("subscriber", "add", id, "--name", id, "--areas", "36", "--outlets", "stream");
  }

  get url(): string {
    return `https://localhost:${this.port}`;
  }

  credentials(token: string): Credentials {
    return { ca: this.ca, token };
  }

  get ca(): string {
    return readFileSync(path.join(this.data, "tls/ca.pem"), "utf8");
  }

  /** On the port it had before, if it had one. */
  async serve(): Promise<void> {
    const rates = Object.fromEntries(["ALERTS", "READS", "STREAMS", "FAILURES"].map(
      (name) => [`NOROSHI_${name}_PER_SECOND`, "0"]));
    const child = spawn(binary, ["serve", "--data", this.data, "--port", String(this.port),
      "--mtls-port", String(this.mutualPort), "--admin-port", "0"], {
      env: { ...process.env, ...rates, NOROSHI_CONFIRMATIONS: "note" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#process = child;
    const timer = setTimeout(() => child.kill("SIGKILL"), readyMsMax);
    await new Promise<void>((resolve) => {
      const lines = createInterface({ input: child.stdout! }); // read to the end: a hub must not write to nobody
      lines.on("close", resolve).on("line", (line) => {
        const found = /https:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(line);
        if (found && line.startsWith("mTLS")) this.mutualPort = Number(found[1]);
        else if (found) this.port = Number(found[1]);
        if (this.mutualPort !== 0 && this.port !== 0 && found) resolve();
      });
    });
    clearTimeout(timer);
    if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}`);
  }

  /** SIGKILL, as a crash does it; resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  ask(method: string, target: string, token: string, body?: Buffer, type?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}${target}`, {
        method, ca: this.ca, agent: false,
        headers: { Authorization: `Bearer ${token}`, ...(type && { "Content-Type": type }) },
      }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => (text += part))
          .on("end", () => resolve({ status: answer.statusCode ?? 0, body: text })).on("error", reject);
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }

  /** The sequence of an accepted alert. */
  async publish(token: string, document: string, below = "/v1"): Promise<bigint> {
    const answer = await this.ask("POST", `${below}/alerts`, token, Buffer.from(document), "application/cap+xml");
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
    return BigInt(JSON.parse(answer.body).sequence);
  }

  /** The row of a subscriber in the ladder, as a city sees it, once it is as `wanted` says. */
  async row(token: string, sequence: bigint, subscriber: string, wanted: string): Promise<void> {
    await until(`${subscriber} is ${wanted}`, async () => {
      const answer = await this.ask("GET", `/v1/alerts/${sequence}/deliveries`, token);
      const rows: { subscriber: string; state: string }[] = JSON.parse(answer.body).deliveries;
      return rows.find((row) => row.subscriber === subscriber)?.state === wanted;
    });
  }
}

/** Looks again and again, for a minute at most. */
export async function until(what: string, true_: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await true_())) {
    if (performance.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
