/**
 * Checks the service's certificate: names, validity and chain.
 * @module
 */
import { X509Certificate } from "node:crypto";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

const subject = "TLS";
const dayMs = 86_400_000;

/** A certificate with fewer days left should have been renewed: ACME clients renew 30 days before the end. */
const minDaysLeft = 21;

export async function checkCertificate({ configuration, now }: CheckContext): Promise<Finding[]> {
  const { tls, origin } = configuration;
  if (tls === undefined) {
    return [
      origin?.startsWith("https:")
        ? ok(subject, "left to the proxy in front (KAL_TLS_CERT is not set)")
        : advice(subject, "off: set KAL_TLS_CERT and KAL_TLS_KEY, as Excel loads add-ins over https only"),
    ];
  }
  const chain = (tls.cert.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  const [own, ...issuers] = chain;
  if (own === undefined) return [failed(subject, "KAL_TLS_CERT holds no certificate in PEM")];
  return [...checkDays(own, now()), ...checkName(own, origin), ...checkChain(own, issuers)];
}

function checkDays(own: X509Certificate, now: number): Finding[] {
  const begins = Date.parse(own.validFrom);
  const left = Math.floor((Date.parse(own.validTo) - now) / dayMs);
  if (now < begins) return [failed(subject, `not valid before ${own.validFrom}: check the clock`)];
  if (left < 0) return [failed(subject, `expired on ${own.validTo}: renew it`)];
  const text = `valid for ${left} more days, until ${own.validTo}`;
  return [left < minDaysLeft ? advice(subject, `${text}: renew it`) : ok(subject, text)];
}

function checkName(own: X509Certificate, origin: string | undefined): Finding[] {
  if (origin === undefined) return [];
  const { hostname } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, "");
  const isNamed = /^[\d.]+$|:/.test(host) ? own.checkIP(host) : own.checkHost(host);
  return [
    isNamed
      ? ok(subject, `names ${host}`)
      : failed(subject, `does not name ${host} (KAL_ORIGIN); it names ${own.subjectAltName ?? "nothing"}`),
  ];
}

/** Browsers sometimes fetch a missing intermediate certificate themselves; Excel's web views do not. */
function checkChain(own: X509Certificate, issuers: readonly X509Certificate[]): Finding[] {
  if (own.checkIssued(own)) {
    return [advice(subject, "self-signed: Excel trusts it only on computers where it was installed")];
  }
  const certificates = [own, ...issuers];
  const broken = certificates.findIndex((certificate, at) => {
    const next = certificates[at + 1];
    return next !== undefined && !certificate.checkIssued(next);
  });
  if (broken >= 0) {
    return [
      failed(
        subject,
        `certificate ${broken + 2} in KAL_TLS_CERT has not issued the one before it: correct the order`,
      ),
    ];
  }
  return issuers.length === 0
    ? [
        advice(
          subject,
          "KAL_TLS_CERT holds no issuer: put the intermediate certificates after the service's own",
        ),
      ]
    : [ok(subject, `chain of ${certificates.length}`)];
}
