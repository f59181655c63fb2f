// Whether a webhook is the hub's: Standard Webhooks (its specification, "Signature scheme"), verified with Node alone.
import { createHmac, timingSafeEqual } from "node:crypto";

const toleranceSeconds = 300;

/** To be answered 401; nothing of the body is to be believed. */
export class NotGenuine extends Error {}

/**
 * Returns when one of `secrets` (whsec_…, two while they are changed) signed these very bytes, at
 * most five minutes from `now` (Unix seconds). `headers` are by lower-case name.
 */
export function verify(secrets: readonly string[], headers: Readonly<Record<string, unknown>>, body: Uint8Array, now: number): void {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => {
    const value = headers[`webhook-${name}`];
    if (typeof value !== "string") throw new NotGenuine(`no header webhook-${name}`);
    return value;
  }) as [string, string, string];
  if (!/^[0-9]{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > toleranceSeconds)
    throw new NotGenuine("not of these minutes: an old one sent again, or a wrong clock");
  for (const secret of secrets) {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const wanted = Buffer.from(`v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`);
    for (const signature of signatures.split(" ").map((one) => Buffer.from(one)))
      if (signature.length === wanted.length && timingSafeEqual(signature, wanted)) return;
  }
  throw new NotGenuine("no signature fits");
}
