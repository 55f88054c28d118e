/** A throw-away certificate authority for servers that tests start. */
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

export interface TestCa {
  /** PEM, for `AWS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`, `ca`. */
  certificate: string
  /** Issues a server certificate for these DNS names. */
  issue(names: string[]): Promise<{ key: string; cert: string }>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 60 * 60 * 1000

/** Makes an authority valid from yesterday until tomorrow; nothing of it touches the disk. */
export async function createTestCa(): Promise<TestCa> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=OpenESC test authority',
    keys,
    ...validity(),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return {
    certificate: authority.toString('pem'),
    issue: (names) => issue(names, { authority, signingKey: keys.privateKey }),
  }
}

function validity() {
  return { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) }
}

async function issue(
  names: string[],
  { authority, signingKey }: { authority: x509.X509Certificate; signingKey: CryptoKey },
): Promise<{ key: string; cert: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=OpenESC test server',
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey,
    ...validity(),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      // Verifiers in strict mode (OpenSSL 3, Python 3.13) demand it.
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  })
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { key, cert: certificate.toString('pem') }
}
