import { TLSSocket } from 'node:tls'
import { asOutgoingError, OutgoingError } from './error'
import { type OutgoingRequest, start } from './request'

/**
 * The SHA-256, in hex, of the certificate that an https address shows now, whoever signed it. Nothing is sent but the
 * handshake.
 *
 * @throws OutgoingError
 */
export function certificateThumbprint({
  url,
  timeoutMs,
}: Pick<OutgoingRequest, 'url' | 'timeoutMs'>): Promise<string> {
  return new Promise((resolve, reject) => {
    if (url.protocol !== 'https:') throw new OutgoingError('invalid', 'The address must begin with https://.')
    const outgoing = start({ url, timeoutMs, maxBytes: 0, thumbprints: ['any'] })
    outgoing.on('error', (error) => reject(asOutgoingError(error)))
    outgoing.once('socket', (socket) => {
      socket.once('secureConnect', () => {
        const fingerprint =
          socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : undefined
        outgoing.destroy()
        if (fingerprint) resolve(fingerprint.replaceAll(':', '').toLowerCase())
        else reject(new OutgoingError('unreachable', 'The address shows no certificate.'))
      })
    })
  })
}
