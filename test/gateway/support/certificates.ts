/**
 * Creates certificates for a test.
 * @module
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import devCerts from "office-addin-dev-certs";
import { withFolder } from "./gateway.ts";

/** In PEM format. */
export interface Certificates {
  /** The certificate authority that signed `cert`. */
  readonly ca: string;
  readonly cert: string;
  /** RSA. */
  readonly key: string;
}

/** @param days of validity. */
export function makeCertificates(domains: string[], days = 1): Promise<Certificates> {
  return withFolder(async (folder) => {
    const file = (name: string) => path.join(folder, name);
    await devCerts.generateCertificates(file("ca.crt"), file("own.crt"), file("own.key"), days, domains);
    const read = (name: string) => readFile(file(name), "utf8");
    return { ca: await read("ca.crt"), cert: await read("own.crt"), key: await read("own.key") };
  });
}
