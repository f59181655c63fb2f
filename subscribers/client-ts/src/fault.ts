/** Why a connection to the hub could not be made or ended. */
export interface Fault {
  readonly kind:
    | "name_unknown" // the host name has no address
    | "unreachable" // nobody listens there, or no route
    | "timed_out" // no answer within the limit
    | "certificate_untrusted" // not signed by the CA we trust
    | "certificate_name" // the certificate is for another name
    | "tls" // any other failure of TLS
    | "not_allowed" // the hub said 401 or 403
    | "busy" // the hub said 429 or 503, or the drill has not begun
    | "drill_over" // the hub said that the drill is over
    | "not_a_hub" // what answered is no stream of a hub
    | "protocol" // the hub broke the stream protocol
    | "silent" // no byte within the limit
    | "cut" // the connection ended
    | "goodbye"; // the hub ended it and said why
  /** For people; may hold words of the peer, without control characters. */
  readonly detail: string;
  /** When the hub named one. */
  readonly waitMs?: number;
}

export function fault(kind: Fault["kind"], detail: string, waitMs?: number): Fault {
  const text = detail.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").slice(0, 500);
  return { kind, detail: text, ...(waitMs !== undefined && { waitMs }) };
}

const untrusted = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "CERT_SIGNATURE_FAILURE",
  "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CERT_UNTRUSTED", "CERT_REJECTED", "INVALID_CA",
  "INVALID_PURPOSE",
]);
const kinds: Record<string, Fault["kind"]> = {
  ENOTFOUND: "name_unknown", EAI_AGAIN: "name_unknown", EAI_NODATA: "name_unknown",
  ECONNREFUSED: "unreachable", EHOSTUNREACH: "unreachable", ENETUNREACH: "unreachable",
  ETIMEDOUT: "timed_out", ERR_TLS_CERT_ALTNAME_INVALID: "certificate_name",
};

/** The fault behind an error of Node or of ws. */
export function faultOfError(error: Error & { code?: string; errors?: Error[] }): Fault {
  if (error.errors?.[0]) return faultOfError(error.errors[0]); // each address failed: the first says why
  const code = error.code ?? "";
  if (untrusted.has(code)) return fault("certificate_untrusted", error.message);
  if (kinds[code]) return fault(kinds[code], error.message);
  if (/handshake has timed out/.test(error.message)) return fault("timed_out", error.message);
  if (/subprotocol|Sec-WebSocket|Invalid Upgrade|redirects/i.test(error.message))
    return fault("not_a_hub", error.message);
  if (code.startsWith("WS_ERR")) return fault("protocol", error.message);
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") return fault("tls", error.message);
  return fault("cut", error.message || code);
}

/** The fault behind an HTTP answer other than 101; its body may be application/problem+json. */
export function faultOfAnswer(status: number, retryAfter: string | undefined, body: string): Fault {
  const detail = [String(status), ...wordsOf(body)].join(" ");
  const wait = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : undefined;
  if (status === 401 || status === 403) return fault("not_allowed", detail);
  if (status === 429 || status === 503) return fault("busy", detail, wait);
  if (status === 409) // drill.closed: with a time to come back it has not begun
    return fault(wait === undefined ? "drill_over" : "busy", detail, wait);
  return fault("not_a_hub", detail);
}

function wordsOf(body: string): string[] {
  try {
    const problem: unknown = JSON.parse(body);
    if (typeof problem !== "object" || problem === null) return [];
    const { code, detail } = problem as Record<string, unknown>;
    return [code, detail].filter((word): word is string => typeof word === "string" && word !== "");
  } catch {
    return [];
  }
}
