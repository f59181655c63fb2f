import { readFile, stat } from "node:fs/promises";
import type { Credentials } from "./link.js";

export interface CredentialFiles {
  readonly ca?: string;
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/**
 * Reads who calls from files, so that no secret stands in a command line or an environment. Either
 * a token or a certificate with its key. A secret that everybody on the machine reads is refused.
 */
export async function readCredentials(files: CredentialFiles): Promise<Credentials> {
  const text = (file: string): Promise<string> => readFile(file, "utf8");
  const secret = async (file: string): Promise<string> => {
    if (((await stat(file)).mode & 0o007) !== 0) throw new Error(`${file}: readable by everybody; chmod 600`);
    return text(file);
  };
  if ((files.token !== undefined) === (files.certificate !== undefined))
    throw new TypeError("either a token or a certificate says who calls");
  if ((files.certificate !== undefined) !== (files.key !== undefined))
    throw new TypeError("a certificate comes with its key");
  const ca = files.ca === undefined ? {} : { ca: await text(files.ca) };
  if (files.certificate !== undefined)
    return { ...ca, certificate: { cert: await text(files.certificate), key: await secret(files.key!) } };
  const token = (await secret(files.token!)).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError(`${files.token}: not a token`);
  return { ...ca, token };
}
