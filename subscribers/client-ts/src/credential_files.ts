import { readFile } from "node:fs/promises";
import type { Credentials } from "./link.js";

export interface CredentialFiles {
  readonly ca?: string;
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/**
 * Reads who calls from files, so that no secret stands in a command line or an environment. Either
 * a token or a certificate with its key.
 */
export async function readCredentials(files: CredentialFiles): Promise<Credentials> {
  const text = (file: string): Promise<string> => readFile(file, "utf8");
  if ((files.token !== undefined) === (files.certificate !== undefined))
    throw new TypeError("either a token or a certificate says who calls");
  if ((files.certificate !== undefined) !== (files.key !== undefined))
    throw new TypeError("a certificate comes with its key");
  const ca = files.ca === undefined ? {} : { ca: await text(files.ca) };
  if (files.certificate !== undefined)
    return { ...ca, certificate: { cert: await text(files.certificate), key: await text(files.key!) } };
  const token = (await text(files.token!)).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError(`${files.token}: not a token`);
  return { ...ca, token };
}
