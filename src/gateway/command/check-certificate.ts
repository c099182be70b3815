/**
 * Checks the certificate that analysts' computers see, the service's own or that of the proxy in front: names, validity
 * and chain.
 * @module
 */
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import tls from "node:tls";
import { advice, type CheckContext, failed, type Finding, ok } from "./finding.ts";

const subject = "TLS";
/** Milliseconds to connect. */
const timeoutMs = 10_000;

const dayMs = 86_400_000;

/** A certificate with fewer days left should have been renewed: ACME clients renew 30 days before the end. */
const minDaysLeft = 21;

export async function checkCertificate({ configuration, now }: CheckContext): Promise<Finding[]> {
  const { tls: own, origin } = configuration;
  if (own) return checkOwn(own.cert, origin, now());
  if (origin?.startsWith("https:")) return checkServed(origin, now());
  return [advice(subject, "off: set KAL_TLS_CERT and KAL_TLS_KEY, as Excel loads add-ins over https only")];
}

function checkOwn(pem: string, origin: string | undefined, now: number): Finding[] {
  const chain = (pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new X509Certificate(each),
  );
  const [own, ...issuers] = chain;
  if (own === undefined) return [failed(subject, "KAL_TLS_CERT holds no certificate in PEM")];
  return [...checkDays(own, now), ...checkName(own, origin), ...checkChain(own, issuers)];
}

/** Looks at the proxy's certificate. If it does not answer, the check of the origin says so. */
async function checkServed(origin: string, now: number): Promise<Finding[]> {
  const left = ok(subject, "left to the proxy in front (KAL_TLS_CERT is not set)");
  const { certificate, distrust } = await fetchCertificate(origin);
  if (!certificate) return [left];
  const trust = distrust
    ? advice(
        subject,
        `this computer does not trust the chain (${distrust}): the proxy must send the intermediate certificates; ` +
          "name a CA of your own in NODE_EXTRA_CA_CERTS",
      )
    : ok(subject, "chain trusted");
  return [left, ...checkDays(certificate, now), ...checkName(certificate, origin), trust];
}

interface Served {
  readonly certificate?: X509Certificate | undefined;
  /** Why this computer does not trust its issuer. */
  readonly distrust?: string | undefined;
}

function fetchCertificate(origin: string): Promise<Served> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = tls.connect({
      host,
      port: Number(port) || 443,
      ...(isIP(host) ? {} : { servername: host }),
      // Nothing is sent: whatever is wrong with the certificate is to be seen.
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const settle = (served: Served) => {
      socket.destroy();
      resolve(served);
    };
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      const reason = String(socket.authorizationError ?? "");
      settle({ certificate, distrust: /expired|not_yet|altname/i.test(reason) ? undefined : reason });
    });
    socket.once("error", () => settle({}));
    socket.once("timeout", () => settle({}));
  });
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
  const isNamed = isIP(host) ? own.checkIP(host) : own.checkHost(host);
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
