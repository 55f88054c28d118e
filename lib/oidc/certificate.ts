/**
 * A self-signed certificate over an issuer key. Some relying parties (Ceph's STS among them) take the key only from
 * `x5c` and pin its SHA-1, so publishing one costs nothing and widens who can trust us.
 */
import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'

const tenYearsMs = 10 * 365 * 24 * 60 * 60 * 1000

export interface Certificate {
  /** DER, base64 (not base64url), as `x5c` wants it. */
  der: string
  /** SHA-1 of the DER, base64url, as `x5t` wants it. */
  sha1: string
}

export async function selfSignedCertificate(keys: CryptoKeyPair, notBefore: Date): Promise<Certificate> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: crypto.randomUUID().replaceAll('-', ''),
    name: 'CN=OpenESC issuer',
    notBefore,
    notAfter: new Date(notBefore.getTime() + tenYearsMs),
    signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    keys,
  })
  const thumbprint = await certificate.getThumbprint('SHA-1')
  return {
    der: Buffer.from(certificate.rawData).toString('base64'),
    sha1: Buffer.from(thumbprint).toString('base64url'),
  }
}
