import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { OutgoingError } from './error'

/** Node verified the chain but did not act on it: here the pinned certificate may stand in for an authority. */
export function pin(socket: Socket, thumbprints: readonly string[]): void {
  if (!(socket instanceof TLSSocket)) return
  socket.once('secureConnect', () => {
    const fingerprint = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toLowerCase()
    const known = thumbprints.some((thumbprint) => thumbprint.toLowerCase() === fingerprint)
    if (!socket.authorized && !known) {
      socket.destroy(
        new OutgoingError('unreachable', 'The certificate is neither valid nor a registered one.'),
      )
    }
  })
}
