import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { WebSocket } from "ws";
import { type Fault, fault, faultOfAnswer, faultOfError } from "./fault.js";
import {
  type ClientMessage, ClientMessageSchema, type ServerMessage, ServerMessageSchema,
} from "./generated/noroshi/v1/stream_pb.js";

/** Who calls, and whom we believe. PEM; a token, or a certificate with its key. */
export interface Credentials {
  /** The authority that signed the hub's certificate; absent: those Node trusts. */
  readonly ca?: string;
  readonly token?: string;
  readonly certificate?: { readonly cert: string; readonly key: string };
}

export interface LinkSettings {
  readonly credentials: Credentials;
  /** The session whose stream it is; absent: the live one. */
  readonly drill?: string;
  /** For Accept-Language: of the hub's words in a Fault. */
  readonly language: string;
  /** Until the upgrade is answered. */
  readonly connectLimitMs: number;
  /** Without a byte from the hub. */
  readonly silenceLimitMs: number;
  /** For the last bytes of an orderly end. */
  readonly closeLimitMs: number;
}

/** What a link tells its owner. */
export interface LinkOwner {
  up(): void;
  message(message: ServerMessage): void;
  /** The last call; without a fault close() asked for the end. */
  down(fault: Fault | undefined): void;
}

const subprotocol = "noroshi.v1.protobuf";
const answerBytesMax = 64 * 1024;
const messageBytesMax = 4 * 1024 * 1024;

/** Where the stream of a hub is. A TypeError says what is wrong with `hub`. */
export function streamUrl(hub: string, drill: string | undefined): URL {
  const url = new URL(hub);
  if (url.protocol !== "https:") throw new TypeError(`${hub}: a hub is https://HOST:PORT`);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    throw new TypeError("a hub is https://HOST:PORT and nothing else");
  const path = drill === undefined ? "/v1/stream" : `/v1/drills/${encodeURIComponent(drill)}/stream`;
  return new URL(path, `wss://${url.host}`);
}

/** One connection to a hub's stream, from the name to the good-bye. It carries messages and knows none of them. */
export class Link {
  readonly #socket: WebSocket;
  #fault: Fault | undefined;
  #askedToClose = false;
  #down = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(hub: string, private readonly settings: LinkSettings, private readonly owner: LinkOwner) {
    const { ca, token, certificate } = settings.credentials;
    this.#socket = new WebSocket(streamUrl(hub, settings.drill), [subprotocol], {
      ...(ca !== undefined && { ca }),
      ...certificate,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        "Accept-Language": settings.language,
        "User-Agent": "noroshi-subscriber-ts/0.1.0",
      },
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
      handshakeTimeout: settings.connectLimitMs,
      maxPayload: messageBytesMax,
      perMessageDeflate: false,
      followRedirects: false,
    });
    this.#listen();
  }

  send(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(toBinary(ClientMessageSchema, message));
  }

  /** Orderly: what is queued, a close frame, the end. */
  close(): void {
    this.#askedToClose = true;
    this.#end(1000);
  }

  /** With `why` as the reason. */
  fail(why: Fault, code = 1000): void {
    if (this.#askedToClose || this.#down) return;
    this.#fault ??= why;
    this.#end(code);
  }

  #end(code: number): void {
    if (this.#down) return;
    clearTimeout(this.#timer);
    if (this.#socket.readyState === WebSocket.CONNECTING) return this.#socket.terminate();
    this.#socket.close(code);
    this.#timer = setTimeout(() => this.#socket.terminate(), this.settings.closeLimitMs);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("upgrade", (answer) => this.#watchSilence(() => answer.socket.bytesRead));
    socket.on("open", () => this.owner.up());
    socket.on("message", (data, isBinary) => this.#read(data as Buffer, isBinary));
    socket.on("unexpected-response", (request, answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        body = (body + part).slice(0, answerBytesMax);
      });
      const tell = (): void => {
        this.#fault ??= faultOfAnswer(answer.statusCode ?? 0, answer.headers["retry-after"], body);
        request.destroy();
        this.#ended();
      };
      answer.on("end", tell).on("error", tell).on("close", tell);
      this.#timer = setTimeout(tell, this.settings.closeLimitMs);
    });
    socket.on("error", (error) => {
      this.#fault ??= faultOfError(error);
    });
    socket.on("close", () => this.#ended());
  }

  #read(data: Buffer, isBinary: boolean): void {
    if (this.#fault || this.#askedToClose) return;
    if (!isBinary) return this.fail(fault("protocol", "a text message in a binary subprotocol"), 1003);
    let message: ServerMessage;
    try {
      message = fromBinary(ServerMessageSchema, data);
    } catch {
      return this.fail(fault("protocol", "a message that cannot be decoded"), 1007);
    }
    this.owner.message(message);
  }

  /** Timers are Node's, which are monotonic: no wall clock moves them. */
  #watchSilence(bytesRead: () => number): void {
    const look = 1 / 15;
    const every = this.settings.silenceLimitMs * look;
    let seen = bytesRead();
    let silentMs = 0;
    const check = (): void => {
      const now = bytesRead();
      silentMs = now === seen ? silentMs + every : 0;
      seen = now;
      if (silentMs >= this.settings.silenceLimitMs) {
        this.fail(fault("silent", "no byte from the hub"));
        return this.#socket.terminate();
      }
      this.#timer = setTimeout(check, every);
    };
    this.#timer = setTimeout(check, every);
  }

  #ended(): void {
    if (this.#down) return;
    this.#down = true;
    clearTimeout(this.#timer);
    this.owner.down(this.#askedToClose ? undefined : this.#fault ?? fault("cut", "the connection ended"));
  }
}
